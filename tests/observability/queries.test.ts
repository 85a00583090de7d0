import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Simulator } from '@mediamtx-monitor/simulator';
import { eventually, prometheusTest } from '@mediamtx-monitor/testkit';
import type { HistoryAnswer, HistoryNumbers } from '@mediamtx-monitor/types';
import { startApi } from '../docs/support/started-api.ts';
import {
  type Annotation,
  annotationsOf,
  type BoardTarget,
  BOARDS,
  columnsOf,
  shownPanels,
} from './support/boards.ts';
import { type ScrapedMonitor, startMonitor } from './support/monitor.ts';
import { type FoundSeries, type Prometheus, startPrometheus } from './support/prometheus.ts';
import { filledIn, labelsIn, metricsIn, selectorsIn } from './support/queries.ts';

const M = 'mediamtx_monitor_';
let monitor: ScrapedMonitor;
let prometheus: Prometheus;

/** A rate takes a few seconds to be there. */
const querySeries = (expr: string): Promise<readonly FoundSeries[]> =>
  eventually(async () => {
    const found = await prometheus.query(expr);
    expect([expr, found.length > 0]).toStrictEqual([expr, true]);
    return found;
  });

async function expectSeries(selector: string): Promise<void> {
  const found = await prometheus.series(selector);
  expect([selector, found.length > 0]).toStrictEqual([selector, true]);
}

function restart({ setStreamLive }: Simulator): void {
  setStreamLive('flapping', false);
  setStreamLive('flapping', true);
}

/** Has everything go wrong that boards and alerts are about, as far as a simulator can. */
async function bringFaults({ simulator }: ScrapedMonitor): Promise<void> {
  for (const name of ['stalled', 'lossy', 'flapping']) simulator.addStream(name);
  simulator.setStreamFrozen('stalled', true);
  simulator.setLinkLoss('lossy', 30);
  await eventually(async () => {
    restart(simulator);
    await expectSeries(`${M}stream_reason{reason="flapping"}`);
  });
  await eventually(() => expectSeries(`${M}stream_state{state="stalled"}`));
  await eventually(() => expectSeries(`${M}stream_link_loss_ratio{stream="lossy"}`));
  await simulator.setFault({ kind: 'status', status: 500, list: 'srtconns' });
  await eventually(() => expectSeries(`${M}server_list_missing`));
}

/** What Grafana makes of a query in a table: its labels, and a value named after the query. */
async function fieldsOf({ refId, expr }: BoardTarget): Promise<string[]> {
  const found = await prometheus.query(filledIn(expr));
  return [...found.flatMap(({ metric }) => Object.keys(metric)), `Value #${refId}`, 'Value', 'Time'];
}

/** Where Grafana marks what an annotation found: streams, with times in ms. */
function marksOf(
  { useValueForTime }: Annotation,
  found: readonly FoundSeries[],
): ReadonlyMap<string, number[]> {
  return new Map(
    found.map(({ metric, values }) => {
      const times = values.map(([atS, value]) => (useValueForTime === true ? Number(value) : atS * 1_000));
      return [metric['stream'] ?? '', [...new Set(times)]];
    }),
  );
}

interface ShownStream {
  readonly name: string;
  readonly state: string;
  readonly since: string;
}

prometheusTest<typeof describe.skip>(
  'prometheus',
  describe,
  describe.skip,
)('a real Prometheus', () => {
  beforeAll(async () => {
    monitor = await startMonitor();
    prometheus = await startPrometheus(monitor.targets);
    await bringFaults(monitor);
  });

  afterAll(async () => {
    await prometheus.stop();
    await monitor.stop();
  });

  describe.each(BOARDS)('asked by %s', (_path, board) => {
    const panels = shownPanels(board);
    const queries = panels.flatMap(({ title, targets = [] }) =>
      targets.map((target) => [title, target.refId, target] as const),
    );

    test.each(queries)('%s, query %s: brings what the panel shows', async (_title, _refId, target) => {
      const expr = filledIn(target.expr);
      const found = await querySeries(expr);
      const shown = labelsIn(target.legendFormat ?? '');
      expect(shown.filter((label) => found.some(({ metric }) => metric[label] === undefined))).toStrictEqual(
        [],
      );
      for (const selector of selectorsIn(expr)) await expectSeries(selector);
    });

    const tables = panels.flatMap((panel) => (panel.type === 'table' ? [[panel.title, panel] as const] : []));

    test.each(tables)('%s: has the columns that it names', async (_title, panel) => {
      const fields = await Promise.all((panel.targets ?? []).map(fieldsOf));
      expect([...columnsOf(panel).keys()].filter((name) => !fields.flat().includes(name))).toStrictEqual([]);
    });
  });

  test('marks when streams came, went, stalled and began anew', async () => {
    const annotations = new Map(
      BOARDS.flatMap(([, board]) => annotationsOf(board)).map((each) => [each.name, each]),
    );
    const marks = async (name: string): Promise<ReadonlyMap<string, number[]>> => {
      const annotation = annotations.get(name);
      if (annotation === undefined) throw new Error(`no annotation ${name}`);
      return marksOf(annotation, await prometheus.query(filledIn(annotation.expr)));
    };
    expect([...annotations.keys()]).toStrictEqual(['On air', 'Off air', 'Stalled', 'Restarted']);
    const names = { live: 'On air', idle: 'Off air', missing: 'Off air', stalled: 'Stalled' };
    await eventually(async () => {
      const response = await fetch(`http://${monitor.targets['mediamtx-monitor-streams']}/api/streams`);
      const { items } = (await response.json()) as { readonly items: readonly ShownStream[] };
      const wrong: unknown[] = [];
      for (const [state, name] of Object.entries(names)) {
        const found = await marks(name);
        const own = items.filter((stream) => stream.state === state && stream.name !== 'flapping');
        expect([state, own.length > 0]).toStrictEqual([state, true]);
        wrong.push(
          ...own.filter((stream) => found.get(stream.name)?.includes(Date.parse(stream.since)) !== true),
        );
      }
      expect(wrong).toStrictEqual([]);
    });
    await eventually(async () => {
      // A mark stands only where the number grew a moment ago, and what came before may have taken long.
      restart(monitor.simulator);
      expect([...(await marks('Restarted')).keys()]).toContain('flapping');
    });
  });

  test('has the history of what it scraped', async () => {
    const api = await startApi(monitor.redis, { HISTORY_URL: prometheus.url, HISTORY_SCRAPE_SECONDS: 1 });
    const from = new Date(Date.now() - 120_000).toISOString();
    try {
      await eventually(async () => {
        const response = await fetch(`${api.url}/api/streams/lossy/history?server=main&step=60&from=${from}`);
        const { fields } = (await response.json()) as HistoryAnswer;
        expect(fields).toMatchObject({
          state: { worst: expect.arrayContaining(['live']) },
          inboundMbps: { max: expect.arrayContaining([expect.any(Number)]) },
          lossPercent: { max: expect.arrayContaining([expect.any(Number)]) },
        });
        const most = Math.max(...((fields['inboundMbps'] as HistoryNumbers).max ?? []).map(Number));
        expect([most > 0.5, most < 50]).toStrictEqual([true, true]);
      });
    } finally {
      await api.stop();
    }
  });

  test('shows in numbers what went wrong', async () => {
    const panels = BOARDS.flatMap(([, board]) => shownPanels(board));
    const shownBy = async (title: string): Promise<readonly number[]> => {
      const [target] = panels.find((panel) => panel.title === title)?.targets ?? [];
      const found = await querySeries(filledIn(target?.expr ?? ''));
      return found.flatMap(({ values }) => values.map(([, value]) => Number(value)));
    };
    const greatest = async (title: string): Promise<number> => Math.max(...(await shownBy(title)));
    // What takes two scrapes, or another tick, comes a little later.
    await eventually(async () => {
      expect(await greatest('Stalled streams')).toBe(1);
      expect(await greatest('Critical streams')).toBeGreaterThanOrEqual(1);
      expect(await greatest('Streams with a warning')).toBeGreaterThanOrEqual(1);
      expect(await greatest('Live streams')).toBeGreaterThan(5);
      expect(await greatest('Inbound')).toBeGreaterThan(1e6);
      expect(await shownBy('Servers without fresh data')).toContain(2);
      expect(await shownBy('Replicas without Redis')).toContain(0);
    });
  });

  test('evaluates every rule, and each asks for something that is there', async () => {
    const rules = await eventually(async () => {
      const all = await prometheus.rules();
      expect(all.filter(({ health }) => health === 'unknown')).toStrictEqual([]);
      return all;
    });
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ health, lastError = '' }) => health !== 'ok' || lastError !== '')).toStrictEqual(
      [],
    );
    for (const { query, annotations } of rules) {
      for (const selector of selectorsIn(query)) await expectSeries(selector);
      for (const metric of metricsIn(Object.values(annotations).join(' '))) await expectSeries(metric);
    }
  });

  test('raises alerts on what went wrong', async () => {
    await eventually(async () => {
      const raised = (await prometheus.rules()).filter(({ alerts }) => alerts.length > 0);
      expect(raised.map(({ name }) => name)).toStrictEqual(
        expect.arrayContaining([
          ...['MediamtxListMissing', 'MediamtxStreamStalled', 'MediamtxHostHot'],
          ...['MediamtxServerUnreachable', 'MediamtxServerSilent', 'MediamtxStreamNotLive'],
          ...['MediamtxStreamSourceDown', 'MediamtxStreamOffAir', 'MediamtxStreamForwardFailing'],
        ]),
      );
    });
  });
});
