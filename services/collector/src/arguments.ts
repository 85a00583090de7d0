import {
  HOST_ID_RULE,
  isHostId,
  isServerId,
  SERVER_ID_RULE,
  type SubjectKind,
} from '@mediamtx-monitor/types';
import { StartError } from '@mediamtx-monitor/runtime';

/** What the collector is to do. */
export type Task =
  | { readonly kind: 'run' }
  | { readonly kind: 'once' }
  | { readonly kind: 'forget'; readonly subject: SubjectKind; readonly id: string };

const USAGE =
  'usage: main.js [--once | --forget SERVER | --forget-host HOST]   --once: poll once, store, exit; ' +
  '--forget, --forget-host: remove from Redis what is left of a server or host that is gone for good';

/** @throws {StartError} `usage` */
export function parseArguments(args: readonly string[]): Task {
  const [option, id, ...more] = args;
  if (option === undefined) return { kind: 'run' };
  if (option === '--once' && id === undefined) return { kind: 'once' };
  if (id === undefined || more.length > 0) throw new StartError('usage', USAGE);
  if (option === '--forget') return forget('server', id, isServerId(id), SERVER_ID_RULE);
  if (option === '--forget-host') return forget('host', id, isHostId(id), HOST_ID_RULE);
  throw new StartError('usage', USAGE);
}

function forget(subject: SubjectKind, id: string, isAllowed: boolean, rule: string): Task {
  if (!isAllowed) throw new StartError('usage', `no ${subject} can be called "${id}"; allowed: ${rule}`);
  return { kind: 'forget', subject, id };
}
