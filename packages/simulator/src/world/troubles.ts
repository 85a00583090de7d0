import type { StreamFault } from '../faults/fault.ts';
import { setForwardFailing, setStreamFrozen, setStreamLive } from './changes.ts';
import type { World } from './model.ts';

type TroubleKind = StreamFault['kind'];

/** Something that happens to one stream. */
export interface Trouble extends StreamFault {
  /** Monotonic time in ms. */
  readonly sinceMs: number;
}

/** After so long without a byte MediaMTX gives up a publisher. */
const GIVEN_UP_AFTER_MS = 15_000;

/**
 * Checks that a trouble can happen.
 * @throws {@link SimulatorError} `unknown-stream`, `no-forward`
 */
export function mustBePossible(world: World, { stream, kind }: StreamFault): void {
  if (kind === 'forwardFailing') setForwardFailing(world, stream, true, 0);
  else setStreamLive(world, stream, false, 0);
}

/** Makes what keeps a world in the troubles it is to have. */
export function createTroubles(): (world: World, wanted: readonly Trouble[], nowMs: number) => World {
  let shown: ReadonlyMap<string, TroubleKind> = new Map();
  return (world, wanted, nowMs) => {
    const next = new Map(wanted.map((trouble) => [trouble.stream, kindAt(trouble, nowMs)]));
    let changed = world;
    for (const name of new Set([...shown.keys(), ...next.keys()])) {
      const [from, to] = [shown.get(name), next.get(name)];
      if (from === to || !world.streams.some((stream) => stream.name === name)) continue;
      const without = from === undefined ? changed : withoutTrouble(changed, name, from, to, nowMs);
      changed = withTrouble(without, name, to, nowMs);
    }
    shown = next;
    return changed;
  };
}

function kindAt({ kind, sinceMs }: Trouble, nowMs: number): TroubleKind {
  return kind === 'frozen' && nowMs - sinceMs >= GIVEN_UP_AFTER_MS ? 'gone' : kind;
}

function withTrouble(world: World, name: string, kind: TroubleKind | undefined, nowMs: number): World {
  if (kind === 'gone') return setStreamLive(world, name, false, nowMs);
  if (kind === 'frozen') return setStreamFrozen(world, name, true, nowMs);
  return kind === undefined ? world : setForwardFailing(world, name, true, nowMs);
}

function withoutTrouble(
  world: World,
  name: string,
  kind: TroubleKind,
  next: TroubleKind | undefined,
  nowMs: number,
): World {
  if (kind === 'gone') return setStreamLive(world, name, true, nowMs);
  if (kind === 'forwardFailing') return setForwardFailing(world, name, false, nowMs);
  return next === 'gone' ? world : setStreamFrozen(world, name, false, nowMs);
}
