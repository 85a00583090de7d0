import { describe, expect, test } from '@jest/globals';
import type { Alert } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import { anySteps, type ArrivedMessage, plainSteps, AnyScene, SCENE_TARGETS } from './support/any-scene.ts';

type StoryPart = 'fired' | 'repeated' | 'resolved';

/** Scenes are long. */
const RUNS = { numRuns: 50 };

/** What a target was told of each alert, in order, each message once. */
function storiesOf(arrivals: readonly ArrivedMessage[]): ReadonlyMap<string, readonly StoryPart[]> {
  const stories = new Map<string, StoryPart[]>();
  const seen = new Set<string>();
  for (const { message } of arrivals) {
    if (seen.has(message.id)) continue;
    seen.add(message.id);
    const tell = (told: StoryPart, alerts: readonly Alert[]) => {
      for (const { id } of alerts) stories.set(id, [...(stories.get(id) ?? []), told]);
    };
    tell('fired', message.fired);
    tell('repeated', message.repeated);
    tell('resolved', message.resolved);
  }
  return stories;
}

/** Without what is written for people only. */
function withoutLabels(value: unknown): unknown {
  const isLabel = (name: string) => ['at', 'firedAt', 'endedAt', 'resolvedAt', 'deliveredAt'].includes(name);
  return JSON.parse(JSON.stringify(value, (name, each: unknown) => (isLabel(name) ? undefined : each)));
}

const stateOf = ({ world }: AnyScene) => [world.state.alerts, world.state.targets].map((map) => [...map]);

describe('whatever happens', () => {
  test('everything ends resolved and told once all is well, and is gone an hour later', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { world } = new AnyScene().run(steps).heal();
        expect(world.state.alerts).toStrictEqual(new Map());
        expect([...world.state.targets.values()].filter(({ queue }) => queue.length > 0)).toStrictEqual([]);
      }),
      RUNS,
    );
  });

  test('a message stays what it is, however often it arrives', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const byId = new Map<string, unknown>();
        for (const { message } of new AnyScene().run(steps).heal().arrivals) {
          expect(byId.get(message.id) ?? message).toStrictEqual(message);
          byId.set(message.id, message);
        }
      }),
      RUNS,
    );
  });

  test('a target is sent no two messages of alerts within its groupInterval', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { made } = new AnyScene().run(steps).heal();
        for (const { name, groupIntervalMs } of SCENE_TARGETS) {
          const times = made
            .filter(({ message }) => message.target === name && message.kind === 'alerts')
            .map(({ atMs }) => atMs);
          const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
          expect(gaps.filter((gap) => gap < groupIntervalMs)).toStrictEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('nobody is told of what never fired', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { world, arrivals } = new AnyScene().run(steps).heal();
        const fired = new Set(world.events.map(({ alert }) => alert.id));
        const told = arrivals.flatMap(({ message: { fired: begun, repeated, resolved } }) => [
          ...[...begun, ...repeated, ...resolved].map(({ id }) => id),
        ]);
        expect(told.filter((id) => !fired.has(id))).toStrictEqual([]);
      }),
      RUNS,
    );
  });

  test('what a target is told of an alert goes together: it fires, fires on, is over, and maybe again', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const scene = new AnyScene().run(steps).heal();
        for (const { name } of SCENE_TARGETS) {
          for (const story of storiesOf(scene.arrivalsOf(name)).values()) {
            expect(story.join(' ')).toMatch(/^((fired (repeated )*|)(fired )?(repeated )*resolved ?)+$/);
            expect(story.join(' ')).not.toMatch(/(^|resolved )repeated/);
          }
        }
      }),
      RUNS,
    );
  });

  test('what was due for a target is told to it, unless it is silenced or muted before', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const scene = new AnyScene();
        const due = new Set<string>();
        scene.run(steps, () => {
          const view = scene.world.view();
          for (const alert of scene.world.state.alerts.values()) {
            for (const { name } of SCENE_TARGETS) {
              const state = alert.notified[name]?.state;
              if (state === 'due') due.add(`${name} ${alert.id}`);
              const isQuiet = view.silencedBy(alert) !== null || view.mutedBy(alert) !== null;
              if (state === undefined && isQuiet) due.delete(`${name} ${alert.id}`);
            }
          }
        });
        scene.heal();
        const told = SCENE_TARGETS.flatMap(({ name }) =>
          [...storiesOf(scene.arrivalsOf(name)).keys()].map((id) => `${name} ${id}`),
        );
        expect([...due].filter((each) => !told.includes(each))).toStrictEqual([]);
      }),
      RUNS,
    );
  });

  test('an alert is resolved as often as it fired, in turns', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { events } = new AnyScene().run(steps).heal().world;
        for (const id of new Set(events.map(({ alert }) => alert.id))) {
          const types = events.filter(({ alert }) => alert.id === id).map(({ type }) => type);
          expect(types.join(' ')).toMatch(/^(alert\.firing alert\.resolved ?)+$/);
        }
      }),
      RUNS,
    );
  });

  test('looking again at the same moment changes nothing: not one object', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const scene = new AnyScene();
        scene.run(steps, () => {
          // What was delivered meanwhile may be followed by the next message, and that by what is told in full going.
          scene.lookAgain();
          scene.lookAgain();
          const { alerts, targets } = scene.world.state;
          scene.lookAgain();
          expect([scene.world.state.alerts === alerts, scene.world.state.targets === targets]).toStrictEqual([
            true,
            true,
          ]);
        });
      }),
      RUNS,
    );
  });

  test('a restart changes nothing', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.boolean(), { minLength: 1 }), (steps, restarts) => {
        const [through, anew] = [new AnyScene(), new AnyScene()];
        through.run(steps);
        let tick = 0;
        anew.run(steps, () => {
          tick += 1;
          if (restarts[tick % restarts.length] === true) anew.world.restart();
        });
        expect(stateOf(anew)).toStrictEqual(stateOf(through));
        expect(anew.arrivals).toStrictEqual(through.arrivals);
      }),
      RUNS,
    );
  });

  test('a wall clock that is set changes nothing but what is written for people', () => {
    const byMs = fc.integer({ min: -100_000_000_000, max: 100_000_000_000 });
    fc.assert(
      fc.property(plainSteps, fc.array(byMs, { minLength: 1 }), (steps, jumps) => {
        const [steady, jumping] = [new AnyScene(), new AnyScene()];
        steady.run(steps);
        let tick = 0;
        jumping.run(steps, () => {
          tick += 1;
          jumping.world.setClock(jumps[tick % jumps.length] ?? 0);
        });
        expect(withoutLabels(stateOf(jumping))).toStrictEqual(withoutLabels(stateOf(steady)));
        expect(withoutLabels(jumping.arrivals)).toStrictEqual(withoutLabels(steady.arrivals));
      }),
      RUNS,
    );
  });
});

describe('where nothing is silenced or muted', () => {
  test('every alert that fired is told to every target that wants it, and that it is over', () => {
    fc.assert(
      fc.property(plainSteps, (steps) => {
        const scene = new AnyScene().run(steps).heal();
        const fired = scene.world.events.filter(({ type }) => type === 'alert.firing');
        for (const name of ['all', 'critical']) {
          const stories = storiesOf(scene.arrivalsOf(name));
          const wanted = fired.filter(
            ({ alert }) =>
              name === 'all' ||
              (alert.criticalAtMs !== null && alert.criticalAtMs + 30_000 <= alert.changedAtMs),
          );
          expect(wanted.filter(({ alert }) => !stories.has(alert.id))).toStrictEqual([]);
        }
        for (const story of storiesOf(scene.arrivals).values()) expect(story.at(-1)).toBe('resolved');
      }),
      RUNS,
    );
  });
});
