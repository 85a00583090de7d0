/** Who asks. */
export interface Caller {
  /** IP address of the client; that of the nearest untrusted hop behind proxies. */
  readonly address: string;
  /** Whether it is this machine: no limits count for it. */
  readonly isLoopback: boolean;
  /** Name of the token it came with; `null` where no tokens are set. */
  readonly tokenName: string | null;
}
