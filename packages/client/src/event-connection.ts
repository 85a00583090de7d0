import type { CursorMessage } from '@mediamtx-monitor/types';
import { type LiveConnection, type ConnectionEvents, OPEN_MS } from './connection.ts';
import { EventStreamReader } from './event-reader.ts';
import { bodyOf, headersFor, type ReadAnswer, refusalIn, saidIn } from './http.ts';
import type { Aborter, BodyReader, HttpAnswer, Ports } from './ports.ts';
import { SilenceWatch } from './silence.ts';
import type { AttemptFailure } from './connection-failure.ts';

/** The API sends at least a comment every 15 s. */
const QUIET_MS = 40_000;
/** Of a topic of events; ids of snapshots look otherwise. */
const CURSOR = /^[a-z]+:\d+-\d+/;

export interface EventRequest {
  readonly url: string;
  /** Empty for none. */
  readonly token: string;
}

type EventPorts = Pick<Ports, 'fetch' | 'newAborter' | 'newDecoder' | 'timers'>;

/**
 * One event stream. It is read by `fetch`: the platforms' `EventSource` isn't everywhere, can send no token, and
 * doesn't tell why it was refused.
 */
export class EventConnection implements LiveConnection {
  readonly #ports: EventPorts;
  readonly #events: Omit<ConnectionEvents, 'onQuiet'>;
  readonly #aborter: Aborter;
  readonly #silence: SilenceWatch;
  #isOpen = false;
  #hasEnded = false;

  /** Asks for the stream. */
  constructor(request: EventRequest, ports: EventPorts, events: Omit<ConnectionEvents, 'onQuiet'>) {
    this.#ports = ports;
    this.#events = events;
    this.#aborter = ports.newAborter();
    this.#silence = new SilenceWatch({
      limitMs: OPEN_MS,
      timers: ports.timers,
      // There is no way to ask; what comes by itself has to do.
      onQuiet: () => undefined,
      onSilent: () => {
        this.#end({ code: 'silent', reason: 'Nothing came from the API for too long.' });
      },
    });
    this.#follow(request).catch(() => {
      // What is thrown may hold the header.
      this.#end(
        this.#isOpen
          ? { code: 'lost', reason: 'The event stream was cut.' }
          : { code: 'unreachable', reason: 'The API can not be reached.' },
      );
    });
  }

  send(): void {
    return;
  }

  expectEvery(): void {
    return;
  }

  check(): void {
    if (this.#isOpen) this.#silence.ask();
  }

  close(): void {
    this.#hasEnded = true;
    this.#silence.stop();
    this.#aborter.abort();
  }

  async #follow({ url, token }: EventRequest): Promise<void> {
    // Called by itself: that of browsers can't be called as a member of anything else.
    const { fetch } = this.#ports;
    const headers = { Accept: 'text/event-stream', ...headersFor(token) };
    const answer = await fetch?.(url, { method: 'GET', headers, signal: this.#aborter.signal });
    if (answer === undefined) throw new Error('no fetch');
    const { body } = answer;
    if (!isEventStream(answer) || !body) {
      const read = { answer, body: await bodyOf(answer) };
      this.#end(refusalIn(read) ?? noEvents(read));
      return;
    }
    if (this.#hasEnded) return;
    this.#isOpen = true;
    this.#silence.received(QUIET_MS);
    this.#events.onOpen();
    await this.#read(body.getReader());
  }

  async #read(body: BodyReader): Promise<void> {
    const decoder = this.#ports.newDecoder();
    const take = (data: string): void => {
      if (!this.#hasEnded) this.#events.onData(data);
    };
    // What a WebSocket tells in a message of its own, ids tell here.
    const events = new EventStreamReader(take, (id) => {
      if (CURSOR.test(id)) take(JSON.stringify({ type: 'cursor', cursor: id } satisfies CursorMessage));
    });
    for (let piece = await body.read(); !piece.done; piece = await body.read()) {
      if (this.#hasEnded) return;
      this.#silence.received();
      if (piece.value !== undefined) events.take(decoder.decode(piece.value, { stream: true }));
    }
    this.#end({ code: 'lost', reason: 'The event stream has ended.' });
  }

  #end(failure: AttemptFailure): void {
    if (this.#hasEnded) return;
    this.close();
    this.#events.onEnd(failure, this.#isOpen);
  }
}

/** A proxy may answer with a page of its own. */
function isEventStream({ status, headers }: HttpAnswer): boolean {
  return status === 200 && headers.get('Content-Type')?.startsWith('text/event-stream') === true;
}

function noEvents({ answer: { status }, body }: ReadAnswer): AttemptFailure {
  return { code: 'unreachable', ...saidIn(body, `The API gives no events: it answered ${status}.`) };
}
