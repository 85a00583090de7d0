import { namedServers, type SubscribeMessage, TOPICS } from '@mediamtx-monitor/types';
import { subscribeMessageSchema } from '@mediamtx-monitor/types/schemas';
import type { RawData } from 'ws';
import { filterOf, type LiveFilter } from '../filter.ts';

export type ParsedMessage = { readonly filter: LiveFilter } | { readonly mistake: string };

const ALLOWED =
  'Allowed is text like {"action":"subscribe","topics":["streams"],"server":"main","label":["site:north"],"stream":"cam/*"}, ' +
  `all but the action optional; topics are ${TOPICS.join(', ')}.`;
const MAX_SHOWN = 200;

/** Reads a client's message: what it wants from now on, or what is wrong with it and what is allowed. */
export function readMessage(data: RawData, isBinary: boolean): ParsedMessage {
  if (isBinary || !Buffer.isBuffer(data)) return mistake('This message is binary.');
  let value: unknown;
  try {
    value = JSON.parse(data.toString());
  } catch {
    return mistake("This message isn't JSON.");
  }
  const result = subscribeMessageSchema.validate(value, { convert: false });
  if (result.error !== undefined) return mistake(`${result.error.message.slice(0, MAX_SHOWN)}.`);
  const message: SubscribeMessage = result.value;
  const { server, ...others } = message;
  return {
    filter: filterOf({ ...others, servers: server === undefined ? undefined : namedServers(server) }),
  };
}

function mistake(what: string): ParsedMessage {
  return { mistake: `${what} ${ALLOWED}` };
}
