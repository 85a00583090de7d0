import { describe, expect, test } from '@jest/globals';
import { mustBePossible, type OngoingFault, StreamFaults } from '../../src/world/stream-faults.ts';
import type { World } from '../../src/world/model.ts';
import { itemsAt, itemWhere, worldOf } from '../lists-of.ts';

const NAME = 'cam/stage-left';
const fault = (kind: OngoingFault['kind']): OngoingFault => ({ stream: NAME, kind, sinceMs: 2_000 });
const pathAt = (world: World, nowMs: number) => itemWhere(itemsAt(world, 'paths', nowMs), 'name', NAME);

describe('faults of a stream', () => {
  test('gone: it stops, and comes back as a new run', () => {
    const faults = new StreamFaults();
    const gone = faults.applyTo(worldOf(), [fault('gone')], 2_000);
    expect(pathAt(gone, 2_000)).toMatchObject({ ready: false, source: null });
    expect(faults.applyTo(gone, [fault('gone')], 4_000)).toBe(gone);
    expect(pathAt(faults.applyTo(gone, [], 6_000), 6_000)).toMatchObject({ ready: true, inboundBytes: 0 });
  });

  test('frozen: its bytes stop, and after 15 s MediaMTX drops it', () => {
    const faults = new StreamFaults();
    const frozen = faults.applyTo(worldOf(), [fault('frozen')], 2_000);
    const { inboundBytes } = pathAt(frozen, 2_000);
    expect(pathAt(faults.applyTo(frozen, [fault('frozen')], 16_999), 16_999)).toMatchObject({
      ready: true,
      inboundBytes,
    });
    const dropped = faults.applyTo(frozen, [fault('frozen')], 17_000);
    expect(pathAt(dropped, 17_000)['ready']).toBe(false);
    expect(pathAt(faults.applyTo(dropped, [], 20_000), 20_000)['ready']).toBe(true);
  });

  test('frozen, and going on in time: the same run', () => {
    const faults = new StreamFaults();
    const world = worldOf();
    const frozen = faults.applyTo(world, [fault('frozen')], 2_000);
    const goesOn = faults.applyTo(frozen, [], 5_000);
    const { readyTime, inboundBytes } = pathAt(goesOn, 5_000);
    expect(readyTime).toBe(pathAt(world, 2_000)['readyTime']);
    expect(pathAt(goesOn, 7_000)['inboundBytes']).toBeGreaterThan(Number(inboundBytes));
  });

  test('one that is removed meanwhile disturbs nobody', () => {
    const world = worldOf({ streams: 0 });
    expect(new StreamFaults().applyTo(world, [fault('gone')], 2_000)).toBe(world);
  });

  test.each([
    ['gone', 'nobody', 'unknown-stream'],
    ['frozen', 'nobody', 'unknown-stream'],
    ['forwardFailing', NAME, 'no-forward'],
  ] as const)('%s of %s can’t be: %s', (kind, stream, code) => {
    expect(() => {
      mustBePossible(worldOf(), { kind, stream });
    }).toThrow(expect.objectContaining({ code }));
  });
});
