import { hostOf } from '@mediamtx-monitor/model';
import type { Health, HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import type { ServerSilence } from '../../model/fleet-reasons.ts';
import { useDashboard } from '../../ui/context.ts';
import { useServerLook } from '../server-look.ts';

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
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  const host = hostOf(server, shown.servers.value.size, hosts);
  const { look, silence, isHostStale } = useServerLook({ server, head, host });
  return { head, look, silence, host: isHostStale ? undefined : host };
}
