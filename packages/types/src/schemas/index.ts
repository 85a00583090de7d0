export { connectionRecordSchema } from './connection.ts';
export { hostIdSchema, reasonSchema, serverIdSchema, serverReasonSchema } from './fields.ts';
export { hostRecordSchema, hostsHeadSchema, hostsMessageSchema, hostStatusSchema } from './host.ts';
export {
  errorMessageSchema,
  problemSchema,
  statusMessageSchema,
  streamGlobSchema,
  subscribeMessageSchema,
  ticketSchema,
} from './live.ts';
export {
  connectionsHeadSchema,
  connectionsMessageSchema,
  serverStatusSchema,
  serversMessageSchema,
  streamsHeadSchema,
  streamsMessageSchema,
  totalsSchema,
} from './message.ts';
export { previewSchema } from './preview.ts';
export { rawSnapshotSchema } from './raw-snapshot.ts';
export { streamRecordSchema } from './stream.ts';
