import * as schemas from '@mediamtx-monitor/types/schemas';
import { publicStatusSchema } from '../../../services/api/src/http/status-page.ts';

type SampleSchema = (typeof schemas)[keyof typeof schemas] | typeof publicStatusSchema;

/** Which schema a JSON sample of the documents is of, told by a member with this value, or any. */
const KINDS: readonly (readonly [member: string, value: unknown, schema: SampleSchema])[] = [
  ['incidents', undefined, publicStatusSchema],
  ['stepSeconds', undefined, schemas.streamHistorySchema],
  ['healthMs', undefined, schemas.sessionRecordSchema],
  ['unseenSince', undefined, schemas.monitorEventSchema],
  ['type', 'alerts', schemas.alertsMessageSchema],
  ['messageId', undefined, schemas.notificationSchema],
  ['firedAt', undefined, schemas.alertSchema],
  ['by', undefined, schemas.alerterCommandSchema],
  ['type', 'streams', schemas.streamsMessageSchema],
  ['type', 'connections', schemas.connectionsMessageSchema],
  ['type', 'hosts', schemas.hostsMessageSchema],
  ['type', 'events', schemas.eventsMessageSchema],
  ['type', 'cursor', schemas.cursorMessageSchema],
  ['after', undefined, schemas.eventsTrimmedMessageSchema],
  ['until', undefined, schemas.silenceRequestSchema],
  ['type', 'status', schemas.statusMessageSchema],
  ['type', 'error', schemas.errorMessageSchema],
  ['type', 'about:blank', schemas.problemSchema],
  ['action', undefined, schemas.subscribeMessageSchema],
  ['ticket', undefined, schemas.ticketSchema],
  ['protocol', undefined, schemas.connectionRecordSchema],
  ['media', undefined, schemas.streamRecordSchema],
  ['kernel', undefined, schemas.hostRecordSchema],
];

/** What is wrong with a sample; `undefined` when it is as its schema wants it. */
export function mistakeIn(json: string): string | undefined {
  const sample = new Map<string, unknown>(Object.entries(JSON.parse(json) as object));
  const kind = KINDS.find(
    ([member, value]) => sample.has(member) && (value === undefined || sample.get(member) === value),
  );
  if (kind === undefined) return 'no schema is known for it';
  return kind[2].validate(Object.fromEntries(sample), { convert: false }).error?.message;
}
