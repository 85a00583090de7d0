import { hostOf } from '@mediamtx-monitor/model';
import type { Health, HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import { reasonsOfServer, serverHealth, serverLook, type ServerSilence } from '../../model/fleet-reasons.ts';
import { useDashboard } from '../../ui/context.ts';

/** What is known of the server of a stream. */
export interface ServerAround {
  readonly head: StreamsHead | undefined;
  /** Of it and its machine together. */
  readonly look: Health;
  /** `undefined` while it is heard of. */
  readonly silence: ServerSilence | undefined;
  /** The machine it runs on, where that is known and heard of. */
  readonly host: HostRecord | undefined;
}

/** Looks at the server of a stream. @param server its id */
export function useServer(server: string): ServerAround {
  const { shown } = useDashboard();
  const head = shown.servers.value.get(server);
  const silence = shown.silences.value.get(server);
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  const host = hostOf(server, shown.servers.value.size, hosts);
  const isSilent = host !== undefined && shown.hostAges.value.get(host.host)?.stale === true;
  const heard = isSilent ? undefined : host;
  const health = head === undefined ? 'unknown' : serverHealth(reasonsOfServer(head, silence), silence);
  return { head, look: serverLook(health, heard), silence, host: heard };
}
