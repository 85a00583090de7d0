import type { MemberNames } from '../versions/version.ts';
import type { ClientType, Connection } from '../world/model.ts';
import { goString } from './go-string.ts';
import { defineList, type SimulatedList, type RowTexts } from './list.ts';
import type { NumberForm } from './numbers.ts';

/** What most protocols tell of a client. */
const CLIENT_TEXTS: RowTexts<Connection> = {
  id: ({ id }) => `"${id}"`,
  created: ({ created }) => `"${created}"`,
  remoteAddr: ({ remoteAddr }) => `"${remoteAddr}"`,
  state: ({ role }) => `"${role}"`,
  path: ({ path }) => goString(path),
  query: ({ query }) => goString(query),
  user: ({ user }) => goString(user),
  userAgent: ({ userAgent }) => goString(userAgent),
};

/** Makes the list of a protocol's clients, oldest first. */
export function listClients(
  members: MemberNames,
  type: ClientType,
  numbers: NumberForm<Connection>,
  texts: RowTexts<Connection> = {},
): SimulatedList {
  return defineList<Connection>(members, {
    rows: (world) => world.connections.filter((connection) => connection.type === type),
    texts: { ...CLIENT_TEXTS, ...texts },
    numbers,
  });
}
