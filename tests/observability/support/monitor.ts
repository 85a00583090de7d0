import { type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { type RedisOfTest, testRedis } from '@mediamtx-monitor/testkit';
import { ARM_BOARD } from '../../../services/host-agent/test/support/arm-board.ts';
import { growTree } from '../../../services/host-agent/test/support/tree.ts';
import { VIRTUAL_MACHINE } from '../../../services/host-agent/test/support/virtual-machine.ts';
import { startAlerter } from '../../docs/support/started-alerter.ts';
import { startApi } from '../../docs/support/started-api.ts';
import { startCollector } from '../../docs/support/started-collector.ts';
import { startHostAgent } from '../../docs/support/started-host-agent.ts';
import { publishDeadStreams } from './dead-streams.ts';

/** Of the recorded files; in thousandths of a degree. */
const SENSOR = 'sys/class/hwmon/hwmon0/temp1_input';

/**
 * A whole monitor of a simulated MediaMTX and of constructed servers whose streams are dead, with two host agents: one looks at this machine; the other at recorded
 * files of one that runs MediaMTX and is hot, but where time stands still.
 */
export interface ScrapedMonitor {
  readonly simulator: Simulator;
  readonly redis: RedisOfTest;
  /** Where its metrics are (`host:port`), by the names of the jobs that scrape them. */
  readonly targets: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts a monitor that polls every second and says at once what it finds. */
export async function startMonitor(): Promise<ScrapedMonitor> {
  const redis = testRedis();
  const simulator = await startSimulator();
  const collector = await startCollector(simulator.url, redis, {
    POLL_INTERVAL_SECONDS: '1',
    HEALTH_ENTER_TICKS: '1',
  });
  const hostAgent = await startHostAgent(redis);
  const tree = growTree({ ...ARM_BOARD, ...VIRTUAL_MACHINE, [SENSOR]: '91500\n' });
  const recorded = await startHostAgent(redis, { HOST_ID: 'recorded', HOST_ROOT: tree.root });
  const alerter = await startAlerter(
    redis,
    `notify: [{name: nobody, kind: webhook, url: '${simulator.url}'}]`,
  );
  const stopPublishing = await publishDeadStreams(redis.url, redis.prefix);
  const api = await startApi(redis);
  const hostOf = ({ url }: { readonly url: string }): string => new URL(url).host;
  return {
    simulator,
    redis,
    targets: {
      'mediamtx-monitor-api': hostOf(api),
      'mediamtx-monitor-collector': hostOf(collector),
      'mediamtx-monitor-host-agent': hostOf(hostAgent),
      'mediamtx-monitor-alerter': hostOf(alerter),
      'mediamtx-monitor-streams': hostOf(api),
    },
    stop: async () => {
      for (const service of [api, alerter, recorded, hostAgent, collector]) await service.stop();
      await stopPublishing();
      tree.fell();
      await simulator.close();
    },
  };
}
