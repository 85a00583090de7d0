/** Who asks. */
export interface Caller {
  /** IP address of the client; that of the nearest untrusted hop behind proxies. */
  readonly address: string;
  /** Whether it is this machine: of all limits only that of clients in all counts for it. */
  readonly isLoopback: boolean;
  /** Name of the token it came with; `null` where no tokens are set. */
  readonly tokenName: string | null;
}
