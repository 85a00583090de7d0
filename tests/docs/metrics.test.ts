import { afterEach, expect, test } from '@jest/globals';
import {
  eventually,
  type MetricFamily,
  parseMetrics,
  startReplayServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { protocolText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';
import { publishTicks } from './support/published.ts';
import { startAlerter } from './support/started-alerter.ts';
import { startApi, whenItHasData } from './support/started-api.ts';
import { startCollector } from './support/started-collector.ts';
import { startHostAgent } from './support/started-host-agent.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function metricsAt(url: string): Promise<readonly MetricFamily[]> {
  return [...parseMetrics(await (await fetch(url)).text()).values()];
}

/** Names of metrics, each with the labels it has, but for some. */
function withLabels(
  families: readonly MetricFamily[],
  ...but: readonly string[]
): Map<string, readonly string[]> {
  const labelsOf = ({ samples }: MetricFamily): string[] => {
    const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)));
    return [...names].filter((label) => !but.includes(label)).sort();
  };
  return new Map(families.map((family) => [family.name, labelsOf(family)]));
}

function documentedUnder(heading: string): Map<string, readonly string[]> {
  const rows = rowsUnder(protocolText(), heading);
  return new Map(rows.map((row) => [codeSpans(row.first).join(), codeSpans(row.cell('labels')).sort()]));
}

const ofApi = documentedUnder('metric');
/** Those that every process has. */
const shared = [...ofApi].filter(([name]) => /^process_|^nodejs_|_event_loop_|_build_info$/.test(name));

test('the protocol pages list exactly the metrics of the API, with their labels', async () => {
  const redis = testRedis();
  endings.push(await publishTicks(redis.url, redis.prefix));
  const api = await startApi(redis);
  endings.push(api.stop);
  await whenItHasData(api);
  // The event loop has no delay until it has been looked at.
  await eventually(async () => {
    const documented = [
      await metricsAt(`${api.url}/metrics`),
      await metricsAt(`${api.url}/metrics/streams`),
    ].flat();
    expect(withLabels(documented)).toStrictEqual(ofApi);
  });
});

test('the protocol pages list exactly the metrics of the collector, with their labels', async () => {
  const mediamtx = await startReplayServer('1.20.1');
  endings.push(mediamtx.close);
  const collector = await startCollector(mediamtx.url, testRedis());
  endings.push(collector.stop);
  await eventually(async () => {
    const documented = withLabels(await metricsAt(`${collector.url}/metrics`), 'server', 'le');
    expect(documented).toStrictEqual(new Map([...shared, ...documentedUnder('collector metric')]));
  });
});

test('the protocol pages list exactly the metrics of the alerter, with their labels', async () => {
  const file = 'notify: [{ name: phone, kind: ntfy, url: "http://127.0.0.1:9/topic" }]';
  const alerter = await startAlerter(testRedis(), file);
  endings.push(alerter.stop);
  await eventually(async () => {
    const documented = withLabels(await metricsAt(`${alerter.url}/metrics`), 'le');
    expect(documented).toStrictEqual(new Map([...shared, ...documentedUnder('alerter metric')]));
  });
});

test('of the host agent those of every process are told, as docs/metrics.md says', async () => {
  const agent = await startHostAgent(testRedis());
  endings.push(agent.stop);
  await eventually(async () => {
    const documented = await metricsAt(`${agent.url}/metrics`);
    expect(withLabels(documented, 'host')).toStrictEqual(new Map(shared));
    const hosts = documented.flatMap(({ samples }) => samples.map(({ labels }) => labels['host']));
    expect(new Set(hosts)).toStrictEqual(new Set(['here']));
  });
});
