import type { SimulatedListName } from '../lists/names.ts';

/** Limits a fault to one list; without it the fault concerns everything under `/v3`. */
interface Scope {
  readonly list?: SimulatedListName;
}

/** Connections are refused, open ones are cut. Ends after `seconds`, or when the fault is taken away. */
export interface DownFault {
  readonly kind: 'down';
  readonly seconds?: number;
}

/**
 * Something that happens to one stream, until the fault is taken away: its publisher or the source that is pulled is
 * `gone`; its encoder is `frozen`, and after 15 s without a byte MediaMTX drops it; the last of the places that it is
 * sent on to can't be reached (`forwardFailing`).
 */
export interface StreamFault {
  readonly kind: 'gone' | 'frozen' | 'forwardFailing';
  /** Its name. */
  readonly stream: string;
}

/** Something that goes wrong with the simulated MediaMTX. */
export type Fault =
  | DownFault
  /** No answer ever comes. */
  | ({ readonly kind: 'hang' } & Scope)
  /** The answer comes `delayMs` late. */
  | ({ readonly kind: 'slow'; readonly delayMs: number } & Scope)
  /** An error of MediaMTX's with this HTTP status, 400 to 599. */
  | ({ readonly kind: 'status'; readonly status: number } & Scope)
  /** 401, at once or `delayMs` late, as with wrong credentials. */
  | ({ readonly kind: 'unauthorized'; readonly delayMs?: number } & Scope)
  /** 200 with a web page, as of a proxy. */
  | ({ readonly kind: 'html' } & Scope)
  /** JSON that ends in the middle, properly sent. */
  | ({ readonly kind: 'truncated' } & Scope)
  /** Every value of every record is null. */
  | ({ readonly kind: 'nulls' } & Scope)
  /** `{}`. */
  | ({ readonly kind: 'emptyObject' } & Scope)
  /** Valid JSON of at least this many bytes. */
  | ({ readonly kind: 'hugeBody'; readonly bytes: number } & Scope)
  /** A million pages, none of them empty. */
  | ({ readonly kind: 'endlessPaging' } & Scope)
  /** Half of the items that `itemCount` promises. */
  | ({ readonly kind: 'shortCount' } & Scope)
  /** The connection is cut instead of an answer: always, or the first `times`. */
  | ({ readonly kind: 'cut'; readonly times?: number } & Scope)
  /** Lists are answered under the names that 1.21 gave them only, as some later version may do. */
  | { readonly kind: 'firstNamesGone' }
  | StreamFault;

export type FaultKind = Fault['kind'];

/** Whether a fault happens to a stream, not to the API. */
export function isStreamFault(fault: Fault | null): fault is StreamFault {
  return fault?.kind === 'gone' || fault?.kind === 'frozen' || fault?.kind === 'forwardFailing';
}
