import type { Credentials } from './http/credentials.ts';
import type { VersionName } from './versions/catalogue.ts';

/** What to simulate. Everything has a default. */
export interface SimulatorOptions {
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on; default 0, which takes a free one. */
  readonly port?: number;
  /** The MediaMTX to be; default 1.20. */
  readonly version?: VersionName;
  /**
   * Whether some of the first dozen are pulled, sent on, not configured by name, or always available, and have faults
   * now and then; default no.
   */
  readonly eventful?: boolean;
  /** Number of streams; default 12. */
  readonly streams?: number;
  /** Readers of each live stream in total, over all protocols; default 2. */
  readonly readersPerStream?: number;
  /** The same seed gives the same fleet; default 1. */
  readonly seed?: number;
  /** Monotonic clock in ms; default the process's. All numbers are functions of it. */
  readonly nowMs?: () => number;
  /** Unix time in ms at the start, for the timestamps; default the system's. */
  readonly wallMs?: number;
  /** How late 401 comes after wrong credentials, in ms; default 0. MediaMTX takes 0 to 4 s. */
  readonly delayAuth401Ms?: number;
  /** Demanded of every request to `/v3`; default none. Versions before 1.6 demand none whatever is said. */
  readonly credentials?: Credentials;
}
