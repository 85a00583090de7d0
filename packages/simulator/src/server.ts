import { DETAIL_NAMES, type DetailName, type Question } from './details/question.ts';
import type { Fault } from './faults/fault.ts';
import { FaultState } from './faults/state.ts';
import type { Credentials } from './http/credentials.ts';
import { createHandler } from './http/handler.ts';
import { type Listener, openListener } from './http/listener.ts';
import type { ContentOf } from './lists/content.ts';
import { LIST_NAMES, type SimulatedListName } from './lists/names.ts';
import type { Version } from './versions/version.ts';

/** A server that answers as MediaMTX does, and says that it isn't one. */
export interface SimulatedServer {
  /** Base address, such as `http://127.0.0.1:9997`. */
  readonly url: string;
  /** How many requests came for each list, answered or not. */
  readonly requests: Readonly<Record<SimulatedListName, number>>;
  /** How many came for something of a single path. */
  readonly detailRequests: Readonly<Record<DetailName, number>>;
  /** The fault that is on. */
  readonly fault: () => Fault | null;
  /**
   * Switches to a fault, or with `null` back to health. Resolves once the port is closed or open.
   * @throws {@link SimulatorError} for a fault of a stream that can't have it
   */
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
  /** Called with a fault before it is on; throws for one that this server can't have. */
  readonly onFault: (fault: Fault | null) => void;
  /** Demanded of every request to `/v3`; `null` = none. */
  readonly credentials: Credentials | null;
  readonly delayAuth401Ms: number;
}

/** Switches faults, and the port off and on with them. */
class FaultControl {
  readonly #faults: FaultState;
  readonly #listener: Listener;
  readonly #onFault: ServerOptions['onFault'];
  #comeBack: NodeJS.Timeout | undefined;
  #switching = Promise.resolve();

  constructor(faults: FaultState, listener: Listener, onFault: ServerOptions['onFault']) {
    this.#faults = faults;
    this.#listener = listener;
    this.#onFault = onFault;
  }

  /** One change after the other: the port must not open while it closes. */
  async switchTo(fault: Fault | null): Promise<void> {
    this.#onFault(fault);
    clearTimeout(this.#comeBack);
    this.#faults.set(fault);
    this.#switching = this.#switching.then(() =>
      fault?.kind === 'down' ? this.#listener.down() : this.#listener.up(),
    );
    if (fault?.kind === 'down' && fault.seconds !== undefined) {
      this.#comeBack = setTimeout(() => void this.switchTo(null), fault.seconds * 1000);
    }
    await this.#switching;
  }

  async close(): Promise<void> {
    clearTimeout(this.#comeBack);
    await this.#listener.close();
    // A port that was just coming back may have opened meanwhile.
    await this.#switching;
    await this.#listener.close();
  }
}

/**
 * Opens a server.
 * @throws StartError of the runtime, `not-listening`, if the address or port can't be had
 */
export async function openServer(options: ServerOptions): Promise<SimulatedServer> {
  const { host, port, onFault, ...served } = options;
  const faults = new FaultState();
  const requests = Object.fromEntries(LIST_NAMES.map((name) => [name, 0])) as Record<
    SimulatedListName,
    number
  >;
  const detailRequests = Object.fromEntries(DETAIL_NAMES.map((name) => [name, 0])) as Record<
    DetailName,
    number
  >;
  const count = (question: Question): void => {
    if (question.kind === 'list') requests[question.list] += 1;
    else detailRequests[question.kind] += 1;
  };
  const setFault = (fault: Fault | null): Promise<void> => control.switchTo(fault);
  const listener = await openListener(host, port, createHandler({ ...served, faults, count, setFault }));
  const control = new FaultControl(faults, listener, onFault);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    requests,
    detailRequests,
    fault: () => faults.current,
    setFault,
    close: () => control.close(),
  };
}
