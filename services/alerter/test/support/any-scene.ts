import type { AlertSubject } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import type { IllSubject, Target, TargetMessage } from '../../src/model.ts';
import {
  AlertWorld,
  heldReason,
  hostOf,
  illSubject,
  serverOf,
  streamOf,
  targetOf,
  UNREACHABLE,
  WARNING,
  worldTime,
} from './alert-world.ts';

/** What a scene is about. */
const SUBJECTS: readonly AlertSubject[] = [
  streamOf('cam-1', 'a'),
  streamOf('cam-2', 'a'),
  streamOf('hall', 'b'),
  hostOf(),
  serverOf('a'),
];

/** Two that are told of everything that is critical, or wrong at all; others with conditions. */
export const SCENE_TARGETS: readonly Target[] = [
  targetOf({ name: 'critical' }),
  targetOf({ name: 'all', severity: 'warning', repeatMs: 120_000 }),
  targetOf({ name: 'cams', match: 'cam-*', forMs: 90_000, groupWaitMs: 0, groupIntervalMs: 60_000 }),
  targetOf({ name: 'am', kind: 'alertmanager', groupWaitMs: 0, groupIntervalMs: 10_000, repeatMs: 60_000 }),
];

type Level = 'well' | 'warning' | 'critical';
/** How tries end: `lost`: it arrives, but nobody learns that. */
type Mode = 'delivered' | 'failed' | 'lost' | 'untried';

type Step =
  | { readonly do: 'set'; readonly subject: number; readonly level: Level }
  | { readonly do: 'see'; readonly server: string; readonly isSeen: boolean }
  | { readonly do: 'deliver'; readonly target: number; readonly mode: Mode }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'clock'; readonly byMs: number }
  | { readonly do: 'silence' | 'speak' | 'ack' | 'test' | 'replay' | 'restart' };

const trouble = fc.record({
  do: fc.constant('set' as const),
  // The last one is the server, which mutes its streams.
  subject: fc.integer({ min: 0, max: SUBJECTS.length - 2 }),
  level: fc.constantFrom<Level>('well', 'warning', 'critical', 'critical'),
});
const sight = fc.record({
  do: fc.constant('see' as const),
  server: fc.constantFrom('a', 'b'),
  isSeen: fc.boolean(),
});
const delivery = fc.record({
  do: fc.constant('deliver' as const),
  target: fc.integer({ min: 0, max: SCENE_TARGETS.length - 1 }),
  mode: fc.constantFrom<Mode>('delivered', 'failed', 'lost', 'untried'),
});
const passing = fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 60 }) });
const jump = fc.record({
  do: fc.constant('jump' as const),
  ms: fc.constantFrom(120_000, 400_000, 4_000_000),
});

/** Trouble that comes and goes, is seen or not, and messages that arrive or don't. */
export const plainSteps = fc.array(
  fc.oneof({ arbitrary: passing, weight: 4 }, { arbitrary: trouble, weight: 4 }, sight, delivery, jump),
  { maxLength: 50, size: 'max' },
);

/** And all else that may happen. */
export const anySteps = fc.array(
  fc.oneof(
    { arbitrary: passing, weight: 4 },
    { arbitrary: trouble, weight: 4 },
    fc.record({
      do: fc.constant('set' as const),
      subject: fc.constant(SUBJECTS.length - 1),
      level: fc.constantFrom<Level>('well', 'critical'),
    }),
    ...[sight, delivery, jump],
    fc.record({ do: fc.constantFrom('silence', 'speak', 'ack', 'test', 'replay') }),
  ),
  { maxLength: 50, size: 'max' },
);

/** A message that arrived somewhere, and when. */
export interface ArrivedMessage {
  readonly atMs: number;
  readonly message: TargetMessage;
}

/** What happens in a world by some steps, and what arrives at its targets. */
export class AnyScene {
  readonly world: AlertWorld;
  readonly arrivals: ArrivedMessage[] = [];
  /** Messages as they got into queues. */
  readonly made: ArrivedMessage[] = [];
  readonly #levels = new Map<AlertSubject, Level>();
  readonly #unseen = new Set<string>();
  readonly #modes = new Map<string, Mode>();

  constructor(targets: readonly Target[] = SCENE_TARGETS) {
    this.world = new AlertWorld(targets);
  }

  /** @param between what happens after each tick */
  run(steps: readonly Step[], between: () => void = () => undefined): this {
    for (const step of steps) {
      this.#do(step, between);
    }
    return this;
  }

  /** Everything is well and delivered, for an hour and a half. */
  heal(): this {
    this.#levels.clear();
    this.#unseen.clear();
    this.#modes.clear();
    for (const id of this.world.state.silences.keys())
      this.world.command({ type: 'silence.delete', by: 'ann', id });
    for (let count = 0; count < 60; count += 1) this.#tick(10_000);
    for (let count = 0; count < 10; count += 1) this.#tick(500_000);
    return this;
  }

  arrivalsOf(target: string): readonly ArrivedMessage[] {
    return this.arrivals.filter(({ message }) => message.target === target);
  }

  #do(step: Step, between: () => void): void {
    const { world } = this;
    switch (step.do) {
      case 'set': {
        const subject = SUBJECTS[step.subject];
        if (subject !== undefined) this.#levels.set(subject, step.level);
        break;
      }
      case 'see':
        if (step.isSeen) this.#unseen.delete(step.server);
        else this.#unseen.add(step.server);
        break;
      case 'deliver':
        this.#modes.set(SCENE_TARGETS[step.target]?.name ?? '', step.mode);
        break;
      case 'pass':
        for (let second = 0; second < step.seconds; second += 1) {
          this.#tick(1_000);
          between();
        }
        break;
      case 'jump':
        this.#tick(step.ms);
        between();
        break;
      case 'clock':
        world.setClock(step.byMs);
        break;
      case 'silence':
        world.command({
          ...{ type: 'silence.add', by: 'ann' },
          silence: {
            ...{ id: 's', server: 'a', stream: 'cam-1', reason: null, comment: '' },
            ...{ createdAt: worldTime(0), until: new Date(world.moment.wallMs + 100_000).toISOString() },
          },
        });
        break;
      case 'speak':
        world.command({ type: 'silence.delete', by: 'ann', id: 's' });
        break;
      case 'ack':
        for (const { id } of world.state.alerts.values())
          world.command({ type: 'alert.ack', by: 'ann', id, comment: null });
        break;
      case 'test':
        world.command({ type: 'target.test', by: 'ann', target: 'all' });
        break;
      case 'replay':
        world.command(
          { type: 'notification.replay', by: 'ann', id: '1-0' },
          this.arrivals[0]?.message ?? null,
        );
        break;
      case 'restart':
        world.restart();
        break;
    }
  }

  /** Looks once more at the same moment. */
  lookAgain(): void {
    this.world.look(this.#ill(), this.#isSeen);
  }

  readonly #isSeen = (subject: AlertSubject): boolean =>
    subject.kind === 'host' || !this.#unseen.has(subject.server);

  #tick(afterMs: number): void {
    const made = this.world.tick(this.#ill(), { afterMs, isSeen: this.#isSeen });
    const { atMs } = this.world.moment;
    this.made.push(...made.map((message) => ({ atMs, message })));
    for (const { name } of this.world.audience.targets) this.#try(name);
  }

  #ill(): IllSubject[] {
    return [...this.#levels].flatMap(([subject, level]) => {
      if (level === 'well' || !this.#isSeen(subject)) return [];
      if (subject.kind === 'server') return [illSubject(subject, UNREACHABLE)];
      return [illSubject(subject, level === 'warning' ? WARNING : heldReason())];
    });
  }

  /** The first of the queue, as it stands where anybody reads it. */
  #try(target: string): void {
    const mode = this.#modes.get(target) ?? 'delivered';
    const [first] = this.world.queue(target);
    if (mode === 'untried' || first === undefined || first.nextTryAtMs > this.world.moment.atMs) return;
    const message = JSON.parse(JSON.stringify(first.message)) as TargetMessage;
    if (mode !== 'failed') this.arrivals.push({ atMs: this.world.moment.atMs, message });
    if (mode === 'lost') return;
    const error = mode === 'failed' ? 'it answered 500' : null;
    this.world.results([{ target, messageId: message.id, outcome: mode, error, retryAfterMs: null }]);
  }
}
