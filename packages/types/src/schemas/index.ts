export { connectionRecordSchema } from './connection.ts';
export { serverIdSchema } from './fields.ts';
export { hostIdSchema, hostRecordSchema, hostsHeadSchema, hostsMessageSchema } from './host.ts';
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
  streamsHeadSchema,
  streamsMessageSchema,
} from './message.ts';
export { previewSchema } from './preview.ts';
export { streamRecordSchema } from './stream.ts';
