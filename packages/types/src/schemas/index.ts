export {
  alertSchema,
  alertSilenceSchema,
  alertsHeadSchema,
  alertsMessageSchema,
  targetStatusSchema,
} from './alert.ts';
export { availabilityReportSchema, availabilitySchema } from './availability.ts';
export {
  acceptedCommandSchema,
  acknowledgeRequestSchema,
  alerterCommandSchema,
  silenceRequestSchema,
} from './command.ts';
export { connectionRecordSchema } from './connection.ts';
export { eventsMessageSchema, monitorEventSchema } from './event.ts';
export { hostIdSchema, reasonSchema, serverIdSchema, serverReasonSchema } from './fields.ts';
export {
  historyNumbersSchema,
  hostHistorySchema,
  serverHistorySchema,
  streamHistorySchema,
} from './history.ts';
export { hostRecordSchema, hostsHeadSchema, hostsMessageSchema, hostStatusSchema } from './host.ts';
export {
  cursorMessageSchema,
  cursorSchema,
  errorMessageSchema,
  eventsTrimmedMessageSchema,
  labelChoiceSchema,
  problemSchema,
  serverIdsSchema,
  statusMessageSchema,
  streamGlobSchema,
  subscribeMessageSchema,
  ticketSchema,
} from './live.ts';
export {
  attentionSchema,
  connectionsHeadSchema,
  connectionsMessageSchema,
  labelsSchema,
  serverNameSchema,
  serverStatusSchema,
  serversMessageSchema,
  streamsHeadSchema,
  streamsMessageSchema,
  totalsSchema,
} from './message.ts';
export { notificationSchema } from './notification.ts';
export { previewSchema } from './preview.ts';
export { rawSnapshotSchema } from './raw-snapshot.ts';
export { requesterSchema } from './requester.ts';
export { sessionRecordSchema } from './session.ts';
export { streamRecordSchema } from './stream.ts';
