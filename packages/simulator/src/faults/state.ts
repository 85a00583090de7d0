import type { SimulatedListName } from '../lists/names.ts';
import { isStreamFault, type Fault } from './fault.ts';

/** Which fault is on, and whether a request meets it. */
export interface FaultState {
  readonly current: () => Fault | null;
  readonly set: (fault: Fault | null) => void;
  /** The fault that a request for a list (or for none that is known) meets. */
  readonly meet: (list: SimulatedListName | null) => Fault | null;
}

/** A state without a fault. */
export function createFaultState(): FaultState {
  let current: Fault | null = null;
  let cutsLeft = Infinity;
  return {
    current: () => current,
    set: (fault) => {
      current = fault;
      cutsLeft = fault?.kind === 'cut' ? (fault.times ?? Infinity) : Infinity;
    },
    meet: (list) => {
      if (current === null || !concerns(current, list)) return null;
      if (current.kind !== 'cut') return current;
      if (cutsLeft === 0) return null;
      cutsLeft -= 1;
      return current;
    },
  };
}

function concerns(fault: Fault, list: SimulatedListName | null): boolean {
  if (isStreamFault(fault)) return false;
  return (
    fault.kind === 'down' ||
    fault.kind === 'firstNamesGone' ||
    fault.list === undefined ||
    fault.list === list
  );
}
