import type { Fault } from './faults/fault.ts';
import { createFaultState } from './faults/state.ts';
import type { Credentials } from './http/credentials.ts';
import { createHandler } from './http/handler.ts';
import { openListener } from './http/listener.ts';
import type { ContentOf } from './lists/content.ts';
import { LIST_NAMES, type ListName } from './lists/names.ts';
import type { Version } from './versions/version.ts';

/** A server that answers as MediaMTX does, and says that it isn't one. */
export interface SimulatedServer {
  /** Base address, such as `http://127.0.0.1:9997`. */
  readonly url: string;
  /** How many requests came for each list, answered or not. */
  readonly requests: Readonly<Record<ListName, number>>;
  /** The fault that is on. */
  readonly fault: () => Fault | null;
  /** Switches to a fault, or with `null` back to health. Resolves once the port is closed or open. */
  readonly setFault: (fault: Fault | null) => Promise<void>;
  /** Stops at once, whatever is connected. */
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly version: Version;
  readonly contentOf: ContentOf;
  /** Demanded of every request to `/v3`; `null` = none. */
  readonly credentials: Credentials | null;
  readonly delayAuth401Ms: number;
}

/**
 * Opens a server.
 * @throws StartError of the runtime, `not-listening`, if the address or port can't be had
 */
export async function openServer(options: ServerOptions): Promise<SimulatedServer> {
  const { host, port, ...served } = options;
  const faults = createFaultState();
  const requests = Object.fromEntries(LIST_NAMES.map((name) => [name, 0])) as Record<ListName, number>;
  const listener = await openListener(
    host,
    port,
    createHandler({ ...served, faults, count: (list) => (requests[list] += 1), setFault }),
  );

  let comeBack: NodeJS.Timeout | undefined;
  let switching = Promise.resolve();
  /** One change after the other: the port must not open while it closes. */
  function setFault(fault: Fault | null): Promise<void> {
    clearTimeout(comeBack);
    faults.set(fault);
    switching = switching.then(() => (fault?.kind === 'down' ? listener.down() : listener.up()));
    if (fault?.kind === 'down' && fault.seconds !== undefined) {
      comeBack = setTimeout(() => void setFault(null), fault.seconds * 1000);
    }
    return switching;
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    requests,
    fault: faults.current,
    setFault,
    close: async () => {
      clearTimeout(comeBack);
      await listener.close();
      // A port that was just coming back may have opened meanwhile.
      await switching;
      await listener.close();
    },
  };
}
