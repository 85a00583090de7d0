import { once } from 'node:events';
import type { StreamsMessage } from '@mediamtx-monitor/types';
import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { WebSocket } from 'ws';
import { createInbox, type Messages } from './inbox.ts';

/** A WebSocket client of the API. */
export interface StreamsSubscription extends Messages<StreamsMessage> {
  readonly stop: () => Promise<void>;
}

function memberType(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : undefined;
}

/** Connects to `/ws`. Every streams message must fit the contract. */
export async function subscribe(apiUrl: string): Promise<StreamsSubscription> {
  const socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/ws`);
  const inbox = createInbox(streamsMessageSchema);
  socket.on('message', (data: Buffer) => {
    const body: unknown = JSON.parse(data.toString('utf8'));
    if (memberType(body) === 'streams') inbox.take(body);
  });
  await once(socket, 'open');
  return {
    ...inbox,
    stop: async () => {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
