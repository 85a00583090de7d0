import { MonitorError } from './errors.ts';
import type { Aborter, Decoder, Fetch, Ports, RequestPorts, SocketConstructor, Timers } from './ports.ts';

interface EventSource {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** What browsers and Node have as globals; what only some have is optional. */
interface Platform extends Timers, Partial<EventSource> {
  readonly WebSocket?: SocketConstructor;
  readonly fetch?: Fetch;
  readonly AbortController: new () => Aborter;
  readonly TextDecoder: new () => Decoder;
  readonly performance: { now(): number };
  readonly location?: { readonly origin: string };
  readonly document?: EventSource & { readonly visibilityState: string };
}

// Types of a platform would tie the package to that platform.
const platform = globalThis as unknown as Platform;

/** Origin of the page that runs this; `undefined` outside of pages. */
export function pageOrigin(): string | undefined {
  return platform.location?.origin;
}

/**
 * The platform's own ports, but for those that are given.
 * @throws {MonitorError} `no-websocket`
 */
export function portsOf(given: Partial<Ports>): Ports {
  const webSocket = given.webSocket ?? platform.WebSocket;
  if (webSocket === undefined) {
    throw new MonitorError(
      'no-websocket',
      'No WebSocket here: pass one as webSocket (in Node before 22 that of the package ws)',
    );
  }
  return {
    webSocket,
    ...requestPortsOf(given),
    newDecoder: given.newDecoder ?? (() => new platform.TextDecoder()),
    monotonicMs: given.monotonicMs ?? (() => platform.performance.now()),
    random: given.random ?? Math.random,
    onWake: given.onWake ?? onPageWake,
  };
}

/** What of them requests need. */
export function requestPortsOf(given: Partial<RequestPorts>): RequestPorts {
  return {
    fetch: given.fetch ?? platformFetch(),
    newAborter: given.newAborter ?? (() => new platform.AbortController()),
    timers: given.timers ?? platform,
    report: given.report ?? throwLater,
  };
}

/** Browsers want `fetch` to be called on the global object. */
function platformFetch(): Fetch | undefined {
  const { fetch } = platform;
  return fetch && ((url, request) => fetch.call(platform, url, request));
}

function onPageWake(wake: () => void): () => void {
  const { document } = platform;
  const onVisible = (): void => {
    if (document?.visibilityState === 'visible') wake();
  };
  platform.addEventListener?.('online', wake);
  document?.addEventListener('visibilitychange', onVisible);
  return () => {
    platform.removeEventListener?.('online', wake);
    document?.removeEventListener('visibilitychange', onVisible);
  };
}

/** As event targets do it: the platform shows it as an uncaught error, and who called goes on. */
function throwLater(error: unknown): void {
  platform.setTimeout(() => {
    throw error;
  }, 0);
}
