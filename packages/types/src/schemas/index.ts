export {
  serverIdSchema,
  serverStatusSchema,
  statusMessageSchema,
  streamsHeadSchema,
  streamsMessageSchema,
} from './message.ts';
export { streamRecordSchema } from './stream.ts';
