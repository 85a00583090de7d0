import type { EventCause, EventSeverity, StoredEvent, StreamRecord } from '@mediamtx-monitor/types';
import { maskText } from '../../addresses.ts';
import { isoTime } from '../../samples.ts';
import { ABSENCE_CODES } from '../absence.ts';
import type { StreamMemory } from '../memory.ts';
import { rewritten } from '../moment.ts';
import { FIELD, type StreamBaseline, streamText, type ToldState } from './baseline.ts';
import { type Change, earlier, type ListedTick } from './change.ts';

/** What happened to streams. */
interface StreamEvents {
  readonly streams: ReadonlyMap<string, StreamBaseline>;
  readonly changes: readonly Change[];
  /** Why streams went, or began anew, by name. */
  readonly ended: ReadonlyMap<string, EventCause>;
}

/** A stream of which nothing stands in the baseline. */
const AT_REST: StreamBaseline = {
  state: 'off',
  liveSince: null,
  changedAt: null,
  health: 'ok',
  sourceType: null,
  confName: null,
  run: null,
};

/** One stream, as it was told and as it is seen. */
interface SeenStream {
  readonly name: string;
  readonly told: StreamBaseline;
  /** `undefined` = MediaMTX doesn't list it, and nobody misses it. */
  readonly record: StreamRecord | undefined;
  readonly memory: StreamMemory | undefined;
}

/** One event of a stream, and what is told of it from then on. */
interface StreamStep {
  readonly event: StoredEvent | null;
  readonly next: StreamBaseline;
}

const stateOf = (record: StreamRecord | undefined): ToldState =>
  record?.state === 'live' || record?.state === 'stalled' ? record.state : 'off';

/** What all events of a stream say. */
function baseOf({ name, told, record }: SeenStream, { at, settings, unseenSince }: ListedTick) {
  return {
    at,
    server: settings.server,
    stream: name,
    since: null,
    unseenSince,
    cause: null,
    sourceType: (stateOf(record) === 'off' ? told.sourceType : record?.sourceType) ?? null,
    expected: record?.expectedBy === undefined ? null : record.expectedBy !== null,
  };
}

function saidBy(text: string, { settings }: ListedTick): EventCause {
  return { source: 'last-error', text: maskText(text, settings.sessionAddresses) };
}

/** Why a stream went, or began anew. */
function causeOf({ name, told, record, memory }: SeenStream, tick: ListedTick): EventCause {
  if (tick.isRestarted) return { source: 'server-restarted', text: null };
  const isListed = record !== undefined && record.state !== 'missing';
  const confName = isListed ? (memory?.confName ?? null) : null;
  // A path with an entry of its own is listed for as long as it has it.
  const isRemoved = !isListed && told.confName === name;
  const isMoved = told.confName !== null && confName !== null && told.confName !== confName;
  if (isRemoved || isMoved) return { source: 'path-changed', text: null };
  const error = record?.pull?.error ?? null;
  if (error !== null) return saidBy(error, tick);
  return { source: isListed ? 'unknown' : 'missing-from-list', text: null };
}

/** How bad it is that a stream went: as bad as the reason why it is missed; what comes on demand may go. */
function severityOfLoss(record: StreamRecord | undefined): EventSeverity {
  const reason = record?.reasons.find(({ code }) => ABSENCE_CODES.has(code));
  if (reason !== undefined) return reason.severity;
  const isExpected = record?.onDemand !== true && (record?.expectedBy ?? null) !== null;
  return isExpected ? 'warning' : 'info';
}

/** Whether another run of its source brings a stream that was on air before, too. */
function isNewRun({ told, memory }: SeenStream, { now }: ListedTick): boolean {
  if (memory === undefined) return false;
  const { instance, restartsAtMs } = memory;
  const isAnother = told.run !== null && instance !== null && told.run !== instance;
  return isAnother || restartsAtMs.at(-1) === now.monotonicMs;
}

/** A stream comes on air, or begins anew there. */
function begin(seen: SeenStream, record: StreamRecord, tick: ListedTick): StreamStep {
  const { told, memory } = seen;
  const { at, now, settings } = tick;
  const liveSince = record.state === 'live' ? record.since : (memory?.airing?.since ?? record.since);
  const next: StreamBaseline = {
    state: 'live',
    liveSince,
    changedAt: null,
    health: told.health,
    sourceType: record.sourceType,
    confName: memory?.confName ?? null,
    run: memory?.instance ?? null,
  };
  const wentAt = told.state === 'off' ? told.changedAt : null;
  const awayMs = wentAt === null ? Infinity : now.monotonicMs - wentAt.monotonicMs;
  const base = { ...baseOf(seen, tick), since: earlier(liveSince, at) };
  if (told.state === 'off' && awayMs > settings.reconnectWindowMs) {
    return { next, event: { type: 'stream.online', ...base, severity: 'info' } };
  }
  const event: StoredEvent = {
    type: 'stream.restarted',
    ...base,
    cause: causeOf(seen, tick),
    severity: record.onDemand === true ? 'info' : 'warning',
    gapMs: told.state === 'off' ? Math.round(awayMs) : null,
  };
  return { next, event };
}

function end(seen: SeenStream, tick: ListedTick): StreamStep {
  const { told, record } = seen;
  const event: StoredEvent = {
    type: 'stream.offline',
    ...baseOf(seen, tick),
    cause: causeOf(seen, tick),
    severity: severityOfLoss(record),
    state: record?.state ?? 'missing',
    liveSince: told.liveSince,
  };
  return { event, next: { ...told, state: 'off', changedAt: tick.now } };
}

function stall(seen: SeenStream, record: StreamRecord, tick: ListedTick): StreamStep {
  const { now, at } = tick;
  const heardAt = seen.memory?.heardAt ?? now;
  const event: StoredEvent = {
    type: 'stream.stalled',
    ...baseOf(seen, tick),
    since: earlier(isoTime(rewritten(heardAt, now).wallMs), at),
    severity: record.reasons.find(({ code }) => code === 'stalled')?.severity ?? 'info',
  };
  return { event, next: { ...seen.told, state: 'stalled', changedAt: heardAt } };
}

function recover(seen: SeenStream, tick: ListedTick): StreamStep {
  const { told } = seen;
  const { changedAt } = told;
  const event: StoredEvent = {
    type: 'stream.recovered',
    ...baseOf(seen, tick),
    severity: 'info',
    stalledMs: changedAt === null ? null : Math.round(tick.now.monotonicMs - changedAt.monotonicMs),
  };
  return { event, next: { ...told, state: 'live', changedAt: null } };
}

/** Health changed; `null` where it didn't. Of a stream that nobody misses any more it is well again. */
function healthStep(seen: SeenStream, tick: ListedTick): StreamStep | null {
  const { told, record, memory } = seen;
  // There are more missing streams than may have a record.
  const isCutOff = record === undefined && (memory?.away?.reasonCode ?? null) !== null;
  const to = record?.health ?? (isCutOff ? 'unknown' : 'ok');
  if (to === 'unknown' || to === told.health) return null;
  const reasons = record?.reasons ?? [];
  const said = reasons.find(({ detail = null }) => detail !== null)?.detail ?? null;
  const event: StoredEvent = {
    type: 'stream.health',
    ...baseOf(seen, tick),
    since: earlier(reasons[0]?.since ?? null, tick.at),
    cause: said === null ? null : saidBy(said, tick),
    severity: to === 'ok' ? 'info' : to,
    from: told.health,
    to,
    reasons: reasons.map(({ code, severity }) => ({ code, severity })),
  };
  return { event, next: { ...told, health: to } };
}

/** What of a live stream is kept up without an event: what a later one is compared with. */
function keptUp(told: StreamBaseline, memory: StreamMemory | undefined): StreamBaseline {
  const confName = memory?.confName ?? told.confName;
  const run = memory?.instance ?? told.run;
  return confName === told.confName && run === told.run ? told : { ...told, confName, run };
}

/** Whether nothing of a stream needs to be kept: it is off for so long that it can't be back soon any more. */
function isAtRest({ state, health, changedAt }: StreamBaseline, { now, settings }: ListedTick): boolean {
  if (state !== 'off' || health !== 'ok') return false;
  return changedAt === null || now.monotonicMs - changedAt.monotonicMs > settings.reconnectWindowMs;
}

/** All that happened to a stream since it was told of, in order. */
function stepsOf(seen: SeenStream, tick: ListedTick): StreamStep[] {
  const steps: StreamStep[] = [];
  let { told } = seen;
  const take = (step: StreamStep): void => {
    steps.push(step);
    told = step.next;
  };
  const { record } = seen;
  const state = stateOf(record);
  if (state === 'off' || record === undefined) {
    if (told.state !== 'off') take(end(seen, tick));
  } else {
    if (told.state === 'off' || isNewRun(seen, tick)) take(begin(seen, record, tick));
    if (state === 'stalled' && told.state === 'live') take(stall({ ...seen, told }, record, tick));
    if (state === 'live' && told.state === 'stalled') take(recover({ ...seen, told }, tick));
  }
  const health = healthStep(told === seen.told ? seen : { ...seen, told }, tick);
  if (health !== null) take(health);
  const kept = state === 'off' ? told : keptUp(told, seen.memory);
  const isOver = steps.length === 0 && told !== AT_REST && isAtRest(told, tick);
  if (kept !== told || isOver) steps.push({ event: null, next: kept });
  return steps;
}

/**
 * What happened to streams since they were told of. Of those that are seen when nobody had ever looked nothing is told:
 * they are what later events are compared with. Pure, and linear in the number of streams.
 */
export function streamEvents(
  before: ReadonlyMap<string, StreamBaseline>,
  records: readonly StreamRecord[],
  tick: ListedTick,
): StreamEvents {
  const changes: Change[] = [];
  const ended = new Map<string, EventCause>();
  const changed = new Map<string, StreamBaseline | null>();
  const compare = (
    name: string,
    told: StreamBaseline | undefined,
    record: StreamRecord | undefined,
  ): void => {
    const seen = { name, told: told ?? AT_REST, record, memory: tick.memory.streams.get(name) };
    const steps = stepsOf(seen, tick);
    for (const { event, next } of tick.isFirst ? steps.slice(-1) : steps) {
      const isOver = isAtRest(next, tick);
      changed.set(name, isOver ? null : next);
      if (event?.type === 'stream.offline' || event?.type === 'stream.restarted') {
        ended.set(name, event.cause ?? { source: 'unknown', text: null });
      }
      changes.push({
        event: tick.isFirst ? null : event,
        session: null,
        baseline: { [FIELD.stream(name)]: isOver ? null : streamText(next) },
      });
    }
  };
  let known = 0;
  for (const record of records) {
    const told = before.get(record.name);
    if (told !== undefined) known += 1;
    compare(record.name, told, record);
  }
  if (known < before.size) {
    const names = new Set(records.map(({ name }) => name));
    // What is read back from Redis comes in any order.
    const gone = [...before].filter(([name]) => !names.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, told] of gone) compare(name, told, undefined);
  }
  if (changed.size === 0) return { streams: before, changes, ended };
  const streams = new Map(before);
  for (const [name, told] of changed) {
    if (told === null) streams.delete(name);
    else streams.set(name, told);
  }
  return { streams, changes, ended };
}
