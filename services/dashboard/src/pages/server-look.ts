import type { Health, HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import { reasonsOfServer, serverHealth, serverLook, type ServerSilence } from '../model/fleet-reasons.ts';
import { useDashboard } from '../ui/context.ts';

/** A server, and the machine it runs on. */
interface ServerOnHost {
  readonly server: string;
  readonly head: StreamsHead | undefined;
  readonly host: HostRecord | undefined;
}

interface LookOfServer {
  /** Of both together. */
  readonly look: Health;
  /** `undefined` while the server is heard of. */
  readonly silence: ServerSilence | undefined;
  /** Whether nothing new is heard of the machine. */
  readonly isHostStale: boolean;
}

/** How a server looks wherever it is shown, and what that comes from. */
export function useServerLook({ server, head, host }: ServerOnHost): LookOfServer {
  const { shown } = useDashboard();
  const silence = shown.silences.value.get(server);
  const isHostStale = host !== undefined && shown.hostAges.value.get(host.host)?.stale === true;
  const own = head === undefined ? 'unknown' : serverHealth(reasonsOfServer(head, silence), silence);
  return { look: serverLook(own, isHostStale ? undefined : host), silence, isHostStale };
}
