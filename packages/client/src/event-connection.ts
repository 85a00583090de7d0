import { type LiveConnection, type ConnectionEvents, OPEN_MS } from './connection.ts';
import { createEventReader } from './event-reader.ts';
import { bodyOf, headersFor, refusalIn } from './http.ts';
import type { HttpAnswer, Ports } from './ports.ts';
import { watchSilence } from './silence.ts';
import type { AttemptFailure } from './connection-failure.ts';

/** The API sends at least a comment every 15 s. */
const QUIET_MS = 40_000;

export interface EventRequest {
  readonly url: string;
  /** Empty for none. */
  readonly token: string;
}

/**
 * One event stream. It is read by `fetch`: the platforms' `EventSource` isn't everywhere, can send no token, and
 * doesn't tell why it was refused.
 */
export function openEvents(
  { url, token }: EventRequest,
  { fetch, newAborter, newDecoder, timers }: Pick<Ports, 'fetch' | 'newAborter' | 'newDecoder' | 'timers'>,
  { onOpen, onData, onEnd }: Omit<ConnectionEvents, 'onQuiet'>,
): LiveConnection {
  const aborter = newAborter();
  let isOpen = false;
  let hasEnded = false;
  const silence = watchSilence({
    limitMs: OPEN_MS,
    timers,
    // There is no way to ask; what comes by itself has to do.
    onQuiet: () => undefined,
    onSilent: () => {
      end({ code: 'silent', reason: 'Nothing came from the API for too long.' });
    },
  });

  function close(): void {
    hasEnded = true;
    silence.stop();
    aborter.abort();
  }

  function end(failure: AttemptFailure): void {
    if (hasEnded) return;
    close();
    onEnd(failure, isOpen);
  }

  function isOver(): boolean {
    return hasEnded;
  }

  async function follow(): Promise<void> {
    const headers = { Accept: 'text/event-stream', ...headersFor(token) };
    const answer = await fetch?.(url, { method: 'GET', headers, signal: aborter.signal });
    if (answer === undefined) throw new Error('no fetch');
    const { body } = answer;
    if (!isEventStream(answer) || !body) {
      end(refusalIn({ answer, body: await bodyOf(answer) }) ?? noEvents(answer));
      return;
    }
    if (isOver()) return;
    isOpen = true;
    silence.received(QUIET_MS);
    onOpen();
    const reader = body.getReader();
    const decoder = newDecoder();
    const take = createEventReader((data) => {
      if (!hasEnded) onData(data);
    });
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (isOver()) return;
      silence.received();
      if (piece.value !== undefined) take(decoder.decode(piece.value, { stream: true }));
    }
    end({ code: 'lost', reason: 'The event stream has ended.' });
  }

  follow().catch(() => {
    // What is thrown may hold the header.
    end(
      isOpen
        ? { code: 'lost', reason: 'The event stream was cut.' }
        : { code: 'unreachable', reason: 'The API can not be reached.' },
    );
  });

  return {
    send: () => undefined,
    expectEvery: () => undefined,
    check: () => {
      if (isOpen) silence.ask();
    },
    close,
  };
}

/** A proxy may answer with a page of its own. */
function isEventStream({ status, headers }: HttpAnswer): boolean {
  return status === 200 && headers.get('Content-Type')?.startsWith('text/event-stream') === true;
}

function noEvents({ status }: HttpAnswer): AttemptFailure {
  return { code: 'unreachable', reason: `The API gives no events: it answered ${status}.` };
}
