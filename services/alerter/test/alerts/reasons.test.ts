import { describe, expect, test } from '@jest/globals';
import { AlertWorld, heldReason, illSubject, streamOf, WARNING, worldTime } from '../support/alert-world.ts';

const CAM = streamOf();
const OFF_AIR = heldReason();
const DAY_MS = 86_400_000;

/** After 100 s with these reasons. */
function after100s(...reasons: readonly (typeof OFF_AIR)[]): AlertWorld {
  const world = new AlertWorld();
  world.pass(100_000, [illSubject(CAM, ...reasons)]);
  return world;
}

describe('since when something is wrong', () => {
  test('is earlier where a new reason is older, never later', () => {
    const world = after100s(OFF_AIR);
    world.tick([
      illSubject(CAM, heldReason({ code: 'not-live', heldMs: 150_000, since: worldTime(-50_000) })),
    ]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: -49_000, since: worldTime(-50_000) });
    world.tick([illSubject(CAM, heldReason({ code: 'stalled', heldMs: 0, since: worldTime(100_000) }))]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: -49_000, since: worldTime(-50_000) });
  });

  test('isn’t changed by what is said of a known reason later: a clock was set', () => {
    const world = after100s(OFF_AIR);
    world.tick([illSubject(CAM, { ...OFF_AIR, heldMs: DAY_MS, since: worldTime(-DAY_MS), detail: 'x' })]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: 1_000, criticalAtMs: 1_000, since: worldTime(0) });
  });

  test('is known of what is critical by itself from the first', () => {
    const world = new AlertWorld();
    world.tick([illSubject(CAM, heldReason({ heldMs: 5_000 }), { ...WARNING, heldMs: 20_000 })]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: -19_000, criticalAtMs: -4_000 });
  });

  test('is known of what is critical by itself', () => {
    const world = after100s(WARNING);
    expect(world.alert(CAM)).toMatchObject({ severity: 'warning', wrongAtMs: 1_000, criticalAtMs: null });
    world.tick([illSubject(CAM, heldReason({ heldMs: 5_000 }), WARNING)]);
    expect(world.alert(CAM)).toMatchObject({ severity: 'critical', wrongAtMs: 1_000, criticalAtMs: 96_000 });
    world.tick([illSubject(CAM, WARNING)]);
    expect(world.alert(CAM)).toMatchObject({ severity: 'warning', wrongAtMs: 1_000, criticalAtMs: null });
  });

  test('of a reason that gets worse is when it did', () => {
    const world = after100s(WARNING);
    world.tick([illSubject(CAM, { ...WARNING, severity: 'critical', heldMs: 3_000 })]);
    expect(world.alert(CAM)).toMatchObject({ severity: 'critical', wrongAtMs: 1_000, criticalAtMs: 98_000 });
  });

  test('of what is critical is never before anything was wrong', () => {
    const world = after100s(WARNING);
    world.tick([illSubject(CAM, { ...WARNING, severity: 'critical', heldMs: DAY_MS })]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: 1_000, criticalAtMs: 1_000 });
  });

  test('goes on through critical reasons that take turns', () => {
    const world = after100s(OFF_AIR);
    world.tick([illSubject(CAM, heldReason({ code: 'source-down' }))]);
    expect(world.alert(CAM)?.criticalAtMs).toBe(1_000);
  });
});

describe('reasons', () => {
  test('are written down when another is there, is worse, or says something else', () => {
    const world = after100s(WARNING);
    const worse = { ...WARNING, severity: 'critical' as const };
    for (const reason of [
      worse,
      { ...worse, detail: 'why' },
      heldReason({ code: 'stalled', severity: 'warning', detail: null }),
    ]) {
      world.tick([illSubject(CAM, reason)]);
      const written = Object.entries(reason).filter(([name]) => name !== 'heldMs');
      expect(world.alert(CAM)?.reasons.map((each) => Object.entries(each))).toStrictEqual([written]);
      expect(world.alert(CAM)?.reasonsAtMs).toBe(world.moment.atMs);
    }
  });

  test('are not written down for each number that is measured, only once a minute', () => {
    const world = new AlertWorld();
    const measures = Array.from({ length: 150 }, (_each, index) => {
      world.tick([illSubject(CAM, { ...WARNING, measured: index })]);
      return world.alert(CAM)?.reasons[0]?.measured;
    });
    expect([...new Set(measures)]).toStrictEqual([0, 30, 90]);
  });

  test('are not written down where nothing else is measured', () => {
    const world = after100s(WARNING);
    const before = world.alert(CAM);
    world.tick([illSubject(CAM, WARNING)], { afterMs: 70_000 });
    expect(world.alert(CAM)).toBe(before);
  });

  test('are the newest when an alert fires', () => {
    const world = new AlertWorld();
    world.tick([illSubject(CAM, { ...WARNING, measured: 1 })]);
    world.tick([illSubject(CAM, { ...WARNING, measured: 9 })], { afterMs: 30_000 });
    expect(world.alert(CAM)).toMatchObject({ state: 'firing', reasons: [{ measured: 9 }] });
  });
});

describe('why a stream went', () => {
  const away = (cause: 'stalled' | 'path-changed' | null, ...reasons: readonly (typeof OFF_AIR)[]) => ({
    ...illSubject(CAM, ...reasons),
    cause,
  });
  const NOT_LIVE = heldReason({ code: 'not-live' });

  test('is kept once it is known, whoever looks then', () => {
    const world = new AlertWorld();
    world.tick([away(null)]);
    expect(world.alert(CAM)).toMatchObject({ cause: null });
    world.tick([away('stalled')]);
    expect(world.alert(CAM)).toMatchObject({ cause: 'stalled' });
    world.tick([away(null)]);
    world.tick([away(null, NOT_LIVE)]);
    expect(world.alert(CAM)).toMatchObject({ cause: 'stalled' });
    world.tick([away('path-changed', NOT_LIVE)]);
    expect(world.alert(CAM)).toMatchObject({ cause: 'path-changed' });
  });

  test('is not why it went once more', () => {
    const world = after100s(OFF_AIR);
    world.tick([away('stalled')]);
    world.tick([]);
    world.tick([away(null, heldReason({ since: worldTime(102_000) }))]);
    expect(world.alert(CAM)).toMatchObject({ state: 'firing', returns: 1, cause: null });
  });

  test('is not what is wrong with one that is back', () => {
    const world = after100s(OFF_AIR);
    world.tick([away('stalled')]);
    world.tick([away(null, WARNING)]);
    expect(world.alert(CAM)).toMatchObject({ cause: null });
  });

  test('is said of what is over', () => {
    const world = after100s(OFF_AIR);
    world.tick([away('stalled')]);
    world.pass(40_000, []);
    expect(world.alert(CAM)).toMatchObject({ state: 'resolved', cause: 'stalled' });
  });
});
