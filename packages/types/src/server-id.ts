/** A server id: lower-case letters, digits and hyphens, 1 to 32 characters. */
const SERVER_ID_PATTERN = /^[a-z0-9-]{1,32}$/;

/** Words that stand in Redis key names, so that no server may be called so. */
const RESERVED_SERVER_IDS: ReadonlySet<string> = new Set([
  'alerts',
  'collectors',
  'commands',
  'connections',
  'events',
  'history',
  'host',
  'hosts',
  'latest',
  'meta',
  'notifications',
  'servers',
  'sessions',
  'streams',
]);

/** The id of a server whose setting names none; its Redis keys carry no id. */
export const DEFAULT_SERVER_ID = 'main';

/** What a server id may be, as a sentence for people. */
export const SERVER_ID_RULE = '1 to 32 lower-case letters, digits or hyphens, and not a word of a Redis key';

/** Tells whether `id` may name a server. */
export function isServerId(id: string): boolean {
  return SERVER_ID_PATTERN.test(id) && !RESERVED_SERVER_IDS.has(id);
}
