import { expect, test } from '@jest/globals';
import { SocketConnection } from '../src/connection.ts';
import type { Socket } from '../src/ports.ts';
import { createManualTime } from './support/manual-time.ts';

/** A socket whose events the test makes, in an order that a well-behaved one would not. */
class UnrulySocket implements Socket {
  static last: UnrulySocket | undefined;
  readonly #listeners: { readonly type: string; readonly listener: (event: never) => void }[] = [];

  constructor() {
    UnrulySocket.last = this;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.push({ type, listener });
  }

  happen(type: string, event: object = {}): void {
    for (const each of this.#listeners) if (each.type === type) each.listener(event as never);
  }

  send(): void {
    throw new Error('it is not open');
  }

  close(): void {
    return;
  }
}

test('a socket that goes on after it was closed is not listened to', () => {
  const time = createManualTime();
  const events: string[] = [];
  const record = (what: string) => () => {
    events.push(what);
  };
  const connection = new SocketConnection(
    'ws://127.0.0.1',
    { webSocket: UnrulySocket, timers: time.timers },
    { onOpen: record('open'), onData: record('data'), onQuiet: record('quiet'), onEnd: record('end') },
  );
  connection.send('too early');
  connection.close();
  const socket = UnrulySocket.last;
  socket?.happen('open');
  socket?.happen('message', { data: '{}' });
  socket?.happen('error');
  socket?.happen('close', { code: 1006, reason: '' });
  connection.close();
  time.advance(600_000);
  expect(events).toStrictEqual([]);
  expect(time.pending()).toStrictEqual([]);
});
