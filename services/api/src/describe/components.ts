import type Joi from 'joi';
import {
  alertSchema,
  alertsMessageSchema,
  alertSilenceSchema,
  attentionSchema,
  availabilityReportSchema,
  connectionRecordSchema,
  connectionsMessageSchema,
  cursorMessageSchema,
  errorMessageSchema,
  eventsMessageSchema,
  eventsTrimmedMessageSchema,
  historyNumbersSchema,
  hostRecordSchema,
  hostsMessageSchema,
  hostStatusSchema,
  monitorEventSchema,
  notificationSchema,
  previewSchema,
  problemSchema,
  reasonSchema,
  serverReasonSchema,
  serversMessageSchema,
  serverStatusSchema,
  sessionRecordSchema,
  statusMessageSchema,
  streamRecordSchema,
  streamsMessageSchema,
  subscribeMessageSchema,
  targetStatusSchema,
  ticketSchema,
  totalsSchema,
} from '@mediamtx-monitor/types/schemas';
import { type JsonObject, jsonSchemaOf } from './json-schema.ts';
import { once } from './once.ts';

/** The schemas that both documents name; all come from the contract. */
const NAMED = {
  Reason: reasonSchema,
  ServerReason: serverReasonSchema,
  Totals: totalsSchema,
  Attention: attentionSchema,
  StreamRecord: streamRecordSchema,
  ConnectionRecord: connectionRecordSchema,
  StreamsMessage: streamsMessageSchema,
  ServersMessage: serversMessageSchema,
  ConnectionsMessage: connectionsMessageSchema,
  HostRecord: hostRecordSchema,
  HostsMessage: hostsMessageSchema,
  ServerStatus: serverStatusSchema,
  HostStatus: hostStatusSchema,
  HistoryNumbers: historyNumbersSchema,
  MonitorEvent: monitorEventSchema,
  EventsMessage: eventsMessageSchema,
  EventsTrimmedMessage: eventsTrimmedMessageSchema,
  Alert: alertSchema,
  AlertSilence: alertSilenceSchema,
  TargetStatus: targetStatusSchema,
  AlertsMessage: alertsMessageSchema,
  NotificationEntry: notificationSchema,
  CursorMessage: cursorMessageSchema,
  SessionRecord: sessionRecordSchema,
  AvailabilityReport: availabilityReportSchema,
  StatusMessage: statusMessageSchema,
  ErrorMessage: errorMessageSchema,
  SubscribeMessage: subscribeMessageSchema,
  Ticket: ticketSchema,
  Preview: previewSchema,
  Problem: problemSchema,
} as const satisfies Record<string, Joi.Schema>;
export type SchemaName = keyof typeof NAMED;

/** What clients send: a member that isn't known there is a mistake. */
const SENT_BY_CLIENTS: ReadonlySet<string> = new Set<SchemaName>(['SubscribeMessage']);

/** Made when a document is first asked for: joi's conversion takes longer than all else of a start. */
const named = once(() => {
  const whole = Object.entries<Joi.Schema>(NAMED).map(
    ([name, schema]) => [name, jsonSchemaOf(schema, { closed: SENT_BY_CLIENTS.has(name) })] as const,
  );
  return { whole, nameOfJson: new Map(whole.map(([name, json]) => [JSON.stringify(json), name])) };
});

/** Named JSON Schemas; one that stands in another is referred to. */
export function namedSchemas(): JsonObject {
  return Object.fromEntries(named().whole.map(([name, json]) => [name, withReferences(json)]));
}

/** The name of a schema that has one. */
function nameOf(json: object): string | undefined {
  return named().nameOfJson.get(JSON.stringify(json));
}

/** A reference to a named schema. */
export function referenceTo(name: SchemaName): JsonObject {
  return { $ref: pointerTo(name) };
}

/** JSON Schema of a joi schema; what has a name in it is referred to. */
export function schemaOf(schema: Joi.Schema): JsonObject {
  const json = jsonSchemaOf(schema);
  const name = nameOf(json);
  return name === undefined ? withReferences(json) : { $ref: pointerTo(name) };
}

function pointerTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function withReferences(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).map(([member, value]) => [member, referring(value)]));
}

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring);
  if (typeof value !== 'object' || value === null) return value;
  const name = nameOf(value);
  return name === undefined ? withReferences({ ...value }) : { $ref: pointerTo(name) };
}
