import { describe, expect, test } from '@jest/globals';
import type Joi from 'joi';
import * as contract from '@mediamtx-monitor/types/schemas';
import type { SchemaName } from '../../src/describe/components.ts';
import { openapi } from './documents.ts';
import { mutantsOf } from './mutants.ts';
import { SAMPLES } from './samples.ts';
import { createValidators } from './validators.ts';

const JOI: Readonly<Record<SchemaName, Joi.Schema>> = {
  Reason: contract.reasonSchema,
  ServerReason: contract.serverReasonSchema,
  Totals: contract.totalsSchema,
  Attention: contract.attentionSchema,
  StreamRecord: contract.streamRecordSchema,
  ConnectionRecord: contract.connectionRecordSchema,
  StreamsMessage: contract.streamsMessageSchema,
  ServersMessage: contract.serversMessageSchema,
  ConnectionsMessage: contract.connectionsMessageSchema,
  HostRecord: contract.hostRecordSchema,
  HostsMessage: contract.hostsMessageSchema,
  ServerStatus: contract.serverStatusSchema,
  HostStatus: contract.hostStatusSchema,
  HistoryNumbers: contract.historyNumbersSchema,
  MonitorEvent: contract.monitorEventSchema,
  EventsMessage: contract.eventsMessageSchema,
  EventsTrimmedMessage: contract.eventsTrimmedMessageSchema,
  Alert: contract.alertSchema,
  AlertSilence: contract.alertSilenceSchema,
  TargetStatus: contract.targetStatusSchema,
  AlertsMessage: contract.alertsMessageSchema,
  NotificationEntry: contract.notificationSchema,
  CursorMessage: contract.cursorMessageSchema,
  SessionRecord: contract.sessionRecordSchema,
  AvailabilityReport: contract.availabilityReportSchema,
  StatusMessage: contract.statusMessageSchema,
  ErrorMessage: contract.errorMessageSchema,
  SubscribeMessage: contract.subscribeMessageSchema,
  Ticket: contract.ticketSchema,
  Preview: contract.previewSchema,
  Problem: contract.problemSchema,
};
const NAMES = Object.keys(JOI) as SchemaName[];

const validatorOf = createValidators(openapi);
const joiTakes = (name: SchemaName, value: unknown): boolean =>
  JOI[name].validate(value, { convert: false }).error === undefined;

describe.each(NAMES)('%s', (name) => {
  const validate = validatorOf(`/components/schemas/${name}`);

  test.each(SAMPLES[name].map((sample) => [sample]))('takes what the contract takes: sample %#', (sample) => {
    expect(validate(sample)).toStrictEqual([]);
    expect(joiTakes(name, sample)).toBe(true);
  });

  test('agrees with the contract about everything that can be wrong with a member', () => {
    const mutants = SAMPLES[name].flatMap(mutantsOf);
    const verdicts = mutants.map(({ change, value }) => ({ change, ok: validate(value).length === 0 }));
    expect(verdicts).toStrictEqual(
      mutants.map(({ change, value }) => ({ change, ok: joiTakes(name, value) })),
    );
    expect(verdicts.some(({ ok }) => ok)).toBe(true);
    expect(verdicts.some(({ ok }) => !ok)).toBe(true);
  });
});
