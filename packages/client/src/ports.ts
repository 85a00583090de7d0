/**
 * What the client needs of the world around it, said as small as it can be, so that browsers, Node and tests can
 * each bring their own.
 */

/** How a socket ended. */
export interface SocketClose {
  /** WebSocket close code; 1006 when none was received. */
  readonly code: number;
  readonly reason: string;
}

/** What of a WebSocket is used: those of browsers, of Node and of the package `ws` have it. */
export interface Socket {
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: SocketClose) => void): void;
  send(text: string): void;
  close(code: number): void;
  /** Ends it without waiting for the other side; only `ws` has it. */
  terminate?(): void;
}

/** Makes a socket and begins to connect it. */
export type SocketConstructor = new (url: string) => Socket;

/** Ends a request that is under way. */
export interface Aborter {
  /** Only the platform looks into it; `never` fits whatever type its `fetch` wants. */
  readonly signal: never;
  abort(): void;
}

/** What is said of a request. */
export interface RequestDetail {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: never;
}

/** A body, read as it comes. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
}

/** What of an HTTP answer is used. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  /** Only what is asked for as CSV needs it. */
  text?(): Promise<string>;
  /** Only event streams need it. */
  readonly body?: { getReader(): BodyReader } | null;
}

/** Makes text of bytes that may end in the middle of a character. */
export interface Decoder {
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string;
}

/** What of `fetch` is used. */
export type Fetch = (url: string, request: RequestDetail) => Promise<HttpAnswer>;

/** `setTimeout` and `clearTimeout`. */
export interface Timers {
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** What requests need. */
export interface RequestPorts {
  /** `undefined` where there is none; tickets need it, and event streams. */
  readonly fetch: Fetch | undefined;
  readonly newAborter: () => Aborter;
  readonly timers: Timers;
  /** Takes what a function of the caller's has thrown. */
  readonly report: (error: unknown) => void;
}

/** Everything of the world around. */
export interface Ports extends RequestPorts {
  readonly webSocket: SocketConstructor;
  readonly newDecoder: () => Decoder;
  /** Milliseconds since some moment of the past; never stepped. */
  readonly monotonicMs: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Calls when it's worth trying at once: the network is back, or the page is looked at. Returns what ends that. */
  readonly onWake: (wake: () => void) => () => void;
}
