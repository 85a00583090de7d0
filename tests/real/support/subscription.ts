import { once } from 'node:events';
import type { StreamsMessage } from '@mediamtx-monitor/types';
import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';

/** A WebSocket client of the API. */
export interface Subscription {
  /** Waits for a streams message that `isWanted`, and hands out the first there was. */
  readonly message: (isWanted: (message: StreamsMessage) => boolean) => Promise<StreamsMessage>;
  /** Waits for a message that was polled after this call: two ticks on, since one may be under way. */
  readonly fresh: () => Promise<StreamsMessage>;
  readonly stop: () => Promise<void>;
}

function memberType(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, 'type') : undefined;
}

/** Connects to `/ws`. Every streams message must fit the contract. */
export async function subscribe(apiUrl: string): Promise<Subscription> {
  const socket = new WebSocket(`${apiUrl.replace('http', 'ws')}/ws`);
  const messages: StreamsMessage[] = [];
  let misfit: Error | null = null;
  socket.on('message', (data: Buffer) => {
    const body: unknown = JSON.parse(data.toString('utf8'));
    if (memberType(body) !== 'streams') return;
    const result = streamsMessageSchema.required().validate(body);
    if (result.error === undefined) messages.push(result.value);
    else misfit = result.error;
  });
  await once(socket, 'open');

  const message: Subscription['message'] = (isWanted) =>
    eventually(() => {
      if (misfit !== null) throw misfit;
      const found = messages.find(isWanted);
      if (found === undefined) throw new Error(`no such message among ${messages.length}`);
      return found;
    });
  return {
    message,
    fresh: async () => {
      const { seq } = messages.at(-1) ?? (await message(() => true));
      return message((later) => later.seq >= seq + 2);
    },
    stop: async () => {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
