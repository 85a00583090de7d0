import { type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { testRedis } from '@mediamtx-monitor/testkit';
import { startApi } from '../../docs/support/started-api.ts';
import { startCollector } from '../../docs/support/started-collector.ts';
import { startHostAgent } from '../../docs/support/started-host-agent.ts';

/** A whole monitor of a simulated MediaMTX, with an agent on this machine. */
export interface Monitor {
  readonly simulator: Simulator;
  /** Where its metrics are (`host:port`), by the names of the jobs that scrape them. */
  readonly targets: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts a monitor that polls every second and says at once what it finds. */
export async function startMonitor(): Promise<Monitor> {
  const redis = testRedis();
  const simulator = await startSimulator();
  const collector = await startCollector(simulator.url, redis, {
    POLL_INTERVAL_SECONDS: '1',
    HEALTH_ENTER_TICKS: '1',
  });
  const hostAgent = await startHostAgent(redis);
  const api = await startApi(redis);
  const hostOf = ({ url }: { readonly url: string }): string => new URL(url).host;
  return {
    simulator,
    targets: {
      'mediamtx-monitor-api': hostOf(api),
      'mediamtx-monitor-collector': hostOf(collector),
      'mediamtx-monitor-host-agent': hostOf(hostAgent),
      'mediamtx-monitor-streams': hostOf(api),
    },
    stop: async () => {
      for (const end of [api.stop, hostAgent.stop, collector.stop, simulator.close]) await end();
    },
  };
}
