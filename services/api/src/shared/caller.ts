/**
 * Has a client's filter of streams take the place of the one it had, if any; `undefined` for all streams.
 * @throws {RefusedError} when there is no room for it: then the client has none any more
 */
export type TakeFilter = (filter: string | undefined) => void;

/** Who asks. */
export interface Caller {
  /** IP address of the client; that of the nearest untrusted hop behind proxies. */
  readonly address: string;
  /** Whether it is this machine: of all limits only that of clients in all counts for it. */
  readonly isLoopback: boolean;
  /** Name of the token it came with; `null` where no tokens are set. */
  readonly tokenName: string | null;
}
