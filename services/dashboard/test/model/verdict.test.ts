import { describe, expect, test } from '@jest/globals';
import type { Cause, Evidence } from '@mediamtx-monitor/model';
import { lossReason, streamsHead } from '@mediamtx-monitor/testkit';
import type { Reason, StreamRecord } from '@mediamtx-monitor/types';
import { verdictOf, type StreamVerdict } from '../../src/model/verdict.ts';
import { slow } from '../support/connections.ts';
import { host } from '../support/hosts.ts';
import { lastLive, listed, missing } from '../support/records.ts';

const T1 = '2026-01-01T00:01:00.000Z';
const T2 = '2026-01-01T00:02:00.000Z';
const loss = lossReason({ since: T1 });
const cause = (site: Cause['site'], ...evidence: Evidence[]): Cause => ({ site, evidence });

interface GivenVerdict {
  readonly record?: Partial<StreamRecord>;
  readonly cause: Cause;
  readonly stale?: boolean;
  readonly rest?: Partial<Parameters<typeof verdictOf>[0]>;
}

function verdict(given: GivenVerdict): StreamVerdict {
  const { record = {}, stale = false, rest = {} } = given;
  const assessed = listed(record, stale ? { stale, health: 'unknown', reasons: [] } : {});
  return verdictOf({ listed: assessed, cause: given.cause, head: undefined, host: undefined, ...rest });
}

const ill = (reasons: readonly Reason[], more: Partial<StreamRecord> = {}): Partial<StreamRecord> => ({
  health: reasons[0]?.severity ?? 'ok',
  reasons,
  ...more,
});

test('without trouble nobody is affected, and nothing has a beginning', () => {
  expect(verdict({ cause: cause('none') })).toStrictEqual({
    look: 'ok',
    kind: null,
    lead: null,
    since: null,
    affected: null,
  });
  expect(verdict({ cause: cause('rest'), record: { state: 'idle' } })).toMatchObject({
    look: 'rest',
    affected: null,
  });
});

describe('trouble of what arrives', () => {
  const site = cause('publisher');

  test('begins with the worst reason, and affects all who watch', () => {
    const stalled = lossReason({ code: 'stalled', severity: 'critical', since: T2 });
    const slowReaders = lossReason({ code: 'reader-discards', since: T1, measured: 1 });
    const found = verdict({
      cause: site,
      record: ill([stalled, loss, slowReaders], { state: 'stalled', readers: 12 }),
    });
    expect(found).toMatchObject({ kind: 'arriving', look: 'critical', since: T2 });
    expect(found.lead?.code).toBe('stalled');
    expect(found.affected).toStrictEqual({ who: 'all', count: 12 });
  });

  test.each<[string, Partial<StreamRecord>, StreamVerdict['affected']]>([
    ['nobody watches', { readers: 0 }, { who: 'nobody' }],
    ['it can’t be read', { state: 'unknown', readers: 0 }, { who: 'unknown' }],
    ['it went', missing({ last: lastLive({ readers: 3 }) }), { who: 'watched', count: 3 }],
    ['nobody watched when it went', missing({ last: lastLive({ readers: 0 }) }), { who: 'anyone' }],
    ['it never was live', missing({ last: null }), { who: 'anyone' }],
    ['viewers see its filler', { state: 'standby', readers: 2 }, { who: 'all', count: 2 }],
  ])('affects whom it can where %s', (_what, record, affected) => {
    expect(verdict({ cause: site, record: { ...record, ...ill([loss]) } }).affected).toStrictEqual(affected);
  });
});

describe('trouble of viewers', () => {
  const discards = lossReason({ code: 'reader-discards', since: T1, measured: 2 });

  test('affects those who suffer, as connections tell', () => {
    const found = verdict({
      cause: cause(
        'viewers',
        { code: 'viewers-ill', count: 1, total: 3 },
        { code: 'viewer', connection: slow('v') },
      ),
    });
    expect(found).toMatchObject({ kind: 'viewers', affected: { who: 'some', count: 1, total: 3 } });
    expect(found.lead).toStrictEqual(slow('v').reasons[0]);
    expect(found.since).toBe(slow('v').reasons[0]?.since);
  });

  test('affects as many as the stream says where connections aren’t known', () => {
    const site = cause('viewers', { code: 'connections-unknown' });
    const of = (measured: number | null, readers: number): StreamVerdict['affected'] =>
      verdict({ cause: site, record: ill([{ ...discards, measured }], { readers }) }).affected;
    expect(of(2, 5)).toStrictEqual({ who: 'some', count: 2, total: 5 });
    expect(of(2, 0)).toStrictEqual({ who: 'some', count: 2, total: 2 });
    expect(of(null, 5)).toStrictEqual({ who: 'unknown' });
  });
});

test('a forward that fails affects nobody who watches here', () => {
  const failing = lossReason({ code: 'forward-failing', since: T1 });
  expect(verdict({ cause: cause('forwards'), record: ill([failing], { readers: 9 }) })).toMatchObject({
    kind: 'forwards',
    lead: failing,
    since: T1,
    affected: { who: 'elsewhere' },
  });
});

describe('a server that can’t be read', () => {
  const unread = cause('server', { code: 'server-status', problem: 'timeout' });

  test('is critical since it can’t be, and whom that affects nobody knows', () => {
    const reasons = [lossReason({ code: 'server-unreachable', severity: 'critical', since: T1 })];
    const found = verdict({
      cause: unread,
      record: { health: 'unknown', state: 'unknown', readers: 7 },
      rest: { head: streamsHead({ reasons }) },
    });
    expect(found).toMatchObject({ look: 'critical', since: T1, affected: { who: 'unknown' } });
  });

  test('of a collector that gives no reasons has no known beginning', () => {
    expect(verdict({ cause: unread, record: { health: 'unknown' } }).since).toBeNull();
  });
});

test('of a silent server nobody knows who is affected', () => {
  const silent = cause('unknown', { code: 'server-stale' });
  expect(verdict({ cause: silent, stale: true, record: { readers: 5 } })).toMatchObject({
    look: 'unknown',
    since: null,
    affected: { who: 'unknown' },
  });
});

test('a stream on a host at its limits is as well as its head says; since when that is so is told', () => {
  const load = { kind: 'memory', mount: null, percent: 98, limitPercent: 95, severity: 'critical' } as const;
  const reasons = [lossReason({ code: 'memory-high', severity: 'critical', since: T2 })];
  expect(
    verdict({ cause: cause('host', { code: 'host-load', load }), rest: { host: host({ reasons }) } }),
  ).toMatchObject({ look: 'ok', since: T2, affected: null });
  expect(verdict({ cause: cause('host'), rest: { host: host() } })).toMatchObject({
    look: 'ok',
    since: null,
  });
});
