import type { StreamFault } from '../faults/fault.ts';
import { setForwardFailing, setStreamFrozen, setStreamLive } from './changes.ts';
import type { World } from './model.ts';

type StreamFaultKind = StreamFault['kind'];

/** Something that happens to one stream. */
export interface OngoingFault extends StreamFault {
  /** Monotonic time in ms. */
  readonly sinceMs: number;
}

/** After so long without a byte MediaMTX gives up a publisher. */
const GIVEN_UP_AFTER_MS = 15_000;

/**
 * Checks that a fault can happen.
 * @throws {@link SimulatorError} `unknown-stream`, `no-forward`
 */
export function mustBePossible(world: World, { stream, kind }: StreamFault): void {
  if (kind === 'forwardFailing') setForwardFailing(world, stream, true, 0);
  else setStreamLive(world, stream, false, 0);
}

/** Keeps a world in the faults it is to have. */
export class StreamFaults {
  #shown: ReadonlyMap<string, StreamFaultKind> = new Map();

  /** The world with the faults that are wanted now, and without those that were and are no longer. */
  applyTo(world: World, wanted: readonly OngoingFault[], nowMs: number): World {
    const next = new Map(wanted.map((fault) => [fault.stream, kindAt(fault, nowMs)]));
    let changed = world;
    for (const name of new Set([...this.#shown.keys(), ...next.keys()])) {
      const [from, to] = [this.#shown.get(name), next.get(name)];
      if (from === to || !world.streams.some((stream) => stream.name === name)) continue;
      const without = from === undefined ? changed : withoutFault(changed, name, from, to, nowMs);
      changed = withFault(without, name, to, nowMs);
    }
    this.#shown = next;
    return changed;
  }
}

function kindAt({ kind, sinceMs }: OngoingFault, nowMs: number): StreamFaultKind {
  return kind === 'frozen' && nowMs - sinceMs >= GIVEN_UP_AFTER_MS ? 'gone' : kind;
}

function withFault(world: World, name: string, kind: StreamFaultKind | undefined, nowMs: number): World {
  if (kind === 'gone') return setStreamLive(world, name, false, nowMs);
  if (kind === 'frozen') return setStreamFrozen(world, name, true, nowMs);
  return kind === undefined ? world : setForwardFailing(world, name, true, nowMs);
}

function withoutFault(
  world: World,
  name: string,
  kind: StreamFaultKind,
  next: StreamFaultKind | undefined,
  nowMs: number,
): World {
  if (kind === 'gone') return setStreamLive(world, name, true, nowMs);
  if (kind === 'forwardFailing') return setForwardFailing(world, name, false, nowMs);
  return next === 'gone' ? world : setStreamFrozen(world, name, false, nowMs);
}
