import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { IncomingMessage } from 'node:http';
import { joinMessage } from '@mediamtx-monitor/types';
import { FilterLimit } from '../../../src/access/client-limits.ts';
import type { Caller, Revocation, TakeFilter } from '../../../src/http/caller.ts';
import type { BenchOptions } from '../../bench.ts';
import { headOf, streamOf } from '../../publisher.ts';

/** What the tests of WebSocket and Server-Sent Events share. */
export interface LiveBenchOptions extends BenchOptions {
  /** Throws when there is no room for a client. */
  readonly admit?: () => void;
  /** How many different filters there may be. */
  readonly maxFilters?: number;
  /** Throws when a connected client asks too often. */
  readonly countQuestion?: () => void;
  /** How often clients are looked after, in ms. */
  readonly sweepMs?: number;
}

/** The same unless given. */
export const SWEEP_MS = 10;

/** Resolves when the clients have been looked after at least once: timers of one process fire in their order. */
export async function swept(): Promise<void> {
  await delay(3 * SWEEP_MS);
}

/** A header by which a test says with which token it comes. */
export const TOKEN_NAME_HEADER = 'x-token-name';
/** A header by which it says that it comes with a ticket for it. */
export const TICKET_HEADER = 'x-ticket';

/** Who sent a request. */
export function callerOf({ headers }: IncomingMessage): Caller {
  const name = headers[TOKEN_NAME_HEADER];
  return {
    address: '127.0.0.1',
    isLoopback: true,
    tokenName: typeof name === 'string' ? name : null,
    byTicket: headers[TICKET_HEADER] !== undefined,
  };
}

/** The token of this name was removed. */
export function removalOf(name: string): Revocation {
  return { reason: 'tokenRemoved', concerns: ({ tokenName }) => tokenName === name };
}

/** The key of tickets was changed. */
export const KEY_CHANGED: Revocation = { reason: 'ticketVoid', concerns: ({ byTicket }) => byTicket };

/** Lets clients in as long as `admit` doesn't throw, and counts. */
export function createEntrance({
  admit,
  maxFilters = 1_000,
  countQuestion = () => undefined,
}: LiveBenchOptions) {
  let entered = 0;
  let left = 0;
  const admitClient = (): (() => void) => {
    admit?.();
    entered += 1;
    return () => {
      left += 1;
    };
  };
  /** How many clients were let in, and how often it was told that one has left. */
  const entries = () => ({ entered, left });
  const filters = new FilterLimit({ inAll: maxFilters, perAddress: maxFilters });
  const admitFilters = (caller: Caller): TakeFilter => filters.open(caller);
  return { access: { callerOf, admitClient, admitFilters, countQuestion }, entries };
}

/** Has the server listen; resolves with its address and its ends of all connections that are open. */
export async function listen(server: Server): Promise<{ url: string; connections: ReadonlySet<Socket> }> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections };
}

const LARGE = JSON.stringify(Array.from({ length: 800 }, (_, i) => streamOf(`${i}`.padStart(10_000, 'x'))));

/** Least size of a large tick in bytes: more than the system's own buffers take. */
export const LARGE_BYTES = LARGE.length;

/** A large tick of server `main`. */
export function largeTick(seq = 1): string {
  return joinMessage('streams', JSON.stringify(headOf({ seq })), LARGE);
}
