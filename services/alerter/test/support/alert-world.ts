import type { Alert, AlertSubject, ServerLabels } from '@mediamtx-monitor/types';
import { advanceAlerts, type AlertEvent, AlertsViewer } from '../../src/alerts/index.ts';
import type { EndedMessage } from '../../src/ended-message.ts';
import {
  type AlerterState,
  type AlertMoment,
  type AlertObservation,
  type AlertsView,
  type GivenCommand,
  type HeldReason,
  type IllSubject,
  type Maintenance,
  subjectKey,
  type StoredAlert,
  type Target,
  type TargetMessage,
  type TryResult,
} from '../../src/model.ts';
import {
  applyCommands,
  TargetAudience,
  type CommandEffect,
  endSilences,
  planMessages,
  reconcileTargets,
  takeResults,
} from '../../src/plan/index.ts';
import { target } from './messages.ts';

/** Unix time at which a test's world begins. */
export const WORLD_START_MS = Date.parse('2026-01-05T12:00:00.000Z');
export const worldTime = (ms: number): string => new Date(WORLD_START_MS + ms).toISOString();

export const streamOf = (stream = 'cam', server = 'main'): AlertSubject => ({
  kind: 'stream',
  server,
  stream,
});
export const serverOf = (server = 'main'): AlertSubject => ({ kind: 'server', server });
export const hostOf = (host = 'box'): AlertSubject => ({ kind: 'host', host });

/** A stream that went off air just now, but for what is given. */
export function heldReason(fields: Partial<HeldReason> = {}): HeldReason {
  return {
    code: 'off-air',
    severity: 'critical',
    measured: null,
    limit: null,
    since: worldTime(0),
    heldMs: 0,
    ...fields,
  };
}

export const WARNING = heldReason({ code: 'link-loss', severity: 'warning', measured: 3, limit: 2 });
export const UNREACHABLE = heldReason({ code: 'server-unreachable' });

export function illSubject(subject: AlertSubject, ...reasons: readonly HeldReason[]): IllSubject {
  return { subject, reasons: reasons.length === 0 ? [heldReason()] : reasons };
}

/** So many streams that are off air. */
export function manyStreams(count: number, server = 'main'): IllSubject[] {
  return Array.from({ length: count }, (_each, index) => illSubject(streamOf(`cam-${index}`, server)));
}

export function observationOf(
  ill: readonly IllSubject[],
  isSeen: AlertObservation['isSeen'] = () => true,
  labelsOf: AlertObservation['labelsOf'] = () => null,
): AlertObservation {
  return { ill: new Map(ill.map((one) => [subjectKey(one.subject), one])), isSeen, labelsOf };
}

/** A phone with the defaults of MONITOR_CONFIG. */
export function targetOf(fields: Partial<Target> = {}): Target {
  return target('ntfy', {}, { name: 'phone', digest: 'one', ...fields });
}

/** How deliveries end, by default. */
const DELIVERED = { outcome: 'delivered', error: null, retryAfterMs: null } as const;

/** A whole alerter but for its I/O: ticks of a second, by clocks that go together unless one is set. */
export class AlertWorld {
  state: AlerterState = { alerts: new Map(), silences: new Map(), targets: new Map(), commandId: '0-0' };
  moment: AlertMoment = { atMs: 0, wallMs: WORLD_START_MS };
  audience: TargetAudience;
  readonly events: AlertEvent[] = [];
  readonly forgotten: StoredAlert[] = [];
  readonly ended: EndedMessage[] = [];
  readonly effects: CommandEffect[] = [];
  /** Labels of the servers that are known. */
  readonly labels = new Map<string, ServerLabels>();
  #viewer: AlertsViewer;
  readonly #maintenance: readonly Maintenance[];
  #ids = 0;

  constructor(targets: readonly Target[] = [targetOf()], maintenance: readonly Maintenance[] = []) {
    this.#maintenance = maintenance;
    this.audience = new TargetAudience(targets);
    this.#viewer = new AlertsViewer(maintenance);
    this.#reconcile();
  }

  readonly newId = (): string => `id-${(this.#ids += 1)}`;

  /** Lets a second pass, or more, and looks then. Tells what went into queues. */
  tick(
    ill: readonly IllSubject[],
    {
      afterMs = 1_000,
      isSeen,
    }: { readonly afterMs?: number; readonly isSeen?: AlertObservation['isSeen'] } = {},
  ): TargetMessage[] {
    const { atMs, wallMs } = this.moment;
    this.moment = { atMs: atMs + afterMs, wallMs: wallMs + afterMs };
    return this.look(ill, isSeen);
  }

  /** Looks once more at the same moment. */
  look(ill: readonly IllSubject[], isSeen: AlertObservation['isSeen'] = () => true): TargetMessage[] {
    this.#take(endSilences(this.state, this.moment));
    const before = new Set(this.#queued());
    const firesAtMs = (alert: StoredAlert): number => this.audience.firesAtMs(alert);
    const advanced = advanceAlerts(
      this.state.alerts,
      observationOf(ill, isSeen, (server) => this.labels.get(server) ?? null),
      this.moment,
      {
        firesAtMs,
        newId: this.newId,
      },
    );
    this.events.push(...advanced.events);
    this.forgotten.push(...advanced.forgotten);
    this.state = planMessages(
      { ...this.state, alerts: advanced.alerts },
      { audience: this.audience, view: this.view(advanced.alerts), moment: this.moment, newId: this.newId },
    );
    return this.#queued().filter((message) => !before.has(message));
  }

  /** Looks each second for so long, while everything is delivered at once. Tells what was. */
  pass(ms: number, ill: readonly IllSubject[], isSeen?: AlertObservation['isSeen']): TargetMessage[] {
    const messages: TargetMessage[] = [];
    for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
      messages.push(...this.tick(ill, isSeen === undefined ? {} : { isSeen }));
      this.deliver();
    }
    return messages;
  }

  /** All that is in queues is delivered. */
  deliver(): void {
    this.results(this.#queued().map(({ id, target }) => ({ target, messageId: id, ...DELIVERED })));
  }

  results(results: readonly TryResult[]): void {
    const { state, ended } = takeResults(this.state, results, this.moment, this.newId);
    this.state = state;
    this.ended.push(...ended);
  }

  command(command: GivenCommand['command'], message: TargetMessage | null = null): CommandEffect | undefined {
    this.#take(
      applyCommands(this.state, [{ id: `${this.#ids}-0`, command, message }], this.moment, this.newId),
    );
    return this.effects.at(-1);
  }

  /** A new process reads what is kept, with another file if one is given. */
  restart(targets: readonly Target[] = this.audience.targets): void {
    const { alerts, silences, targets: kept, commandId } = this.state;
    const copy = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> =>
      new Map(JSON.parse(JSON.stringify([...map])) as [string, Value][]);
    this.state = { alerts: copy(alerts), silences: copy(silences), targets: copy(kept), commandId };
    this.audience = new TargetAudience(targets);
    this.#viewer = new AlertsViewer(this.#maintenance);
    this.#reconcile();
  }

  /** The wall clock is set. */
  setClock(byMs: number): void {
    this.moment = { ...this.moment, wallMs: this.moment.wallMs + byMs };
  }

  view(alerts = this.state.alerts): AlertsView {
    return this.#viewer.view(alerts, this.state.silences, this.moment.wallMs);
  }

  alert(subject: AlertSubject): StoredAlert | undefined {
    return this.state.alerts.get(subjectKey(subject));
  }

  queue(target = 'phone') {
    return this.state.targets.get(target)?.queue ?? [];
  }

  #queued(): TargetMessage[] {
    return [...this.state.targets.values()].flatMap(({ queue }) => queue.map(({ message }) => message));
  }

  #reconcile(): void {
    const { state, ended } = reconcileTargets(this.state, this.audience, this.moment);
    this.state = state;
    this.ended.push(...ended);
  }

  #take({
    state,
    effects,
  }: {
    readonly state: AlerterState;
    readonly effects: readonly CommandEffect[];
  }): void {
    this.state = state;
    this.effects.push(...effects);
  }
}

/** What messages tell, in short: `fired main/cam`, of each a list. */
export function toldIn(messages: readonly TargetMessage[]): string[][] {
  const names = (kind: string, alerts: readonly Alert[]) =>
    alerts.map(({ subject }) => `${kind} ${nameOf(subject)}`);
  return messages.map(({ fired, repeated, resolved }) => [
    ...names('fired', fired),
    ...names('repeated', repeated),
    ...names('resolved', resolved),
  ]);
}

/** What is told while everything is delivered at once, with the second in which it was. */
export function told(
  world: AlertWorld,
  seconds: number,
  ill: readonly IllSubject[],
): [number, ...string[]][] {
  return Array.from({ length: seconds }, () => {
    const messages = toldIn(world.pass(1_000, ill));
    return messages.map((each): [number, ...string[]] => [world.moment.atMs / 1_000, ...each]);
  }).flat();
}

function nameOf(subject: AlertSubject): string {
  switch (subject.kind) {
    case 'stream':
      return `${subject.server}/${subject.stream}`;
    case 'server':
      return subject.server;
    case 'host':
      return subject.host;
  }
}
