export { connectionRecordSchema } from './connection.ts';
export { serverIdSchema } from './fields.ts';
export {
  connectionsMessageSchema,
  serverStatusSchema,
  statusMessageSchema,
  streamsHeadSchema,
  streamsMessageSchema,
} from './message.ts';
export { streamRecordSchema } from './stream.ts';
