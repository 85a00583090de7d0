import type { SimulatedListName } from '../lists/names.ts';
import { isStreamFault, type Fault } from './fault.ts';

/** Which fault is on, and whether a request meets it. At first there is none. */
export class FaultState {
  #current: Fault | null = null;
  #cutsLeft = Infinity;

  get current(): Fault | null {
    return this.#current;
  }

  set(fault: Fault | null): void {
    this.#current = fault;
    this.#cutsLeft = fault?.kind === 'cut' ? (fault.times ?? Infinity) : Infinity;
  }

  /** The fault that a request for a list (or for none that is known) meets. */
  meet(list: SimulatedListName | null): Fault | null {
    const fault = this.#current;
    if (fault === null || !concerns(fault, list)) return null;
    if (fault.kind !== 'cut') return fault;
    if (this.#cutsLeft === 0) return null;
    this.#cutsLeft -= 1;
    return fault;
  }
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
