import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, prometheusTest } from '@mediamtx-monitor/testkit';
import { BOARDS, columnsOf, type Panel, shownPanels, type Target } from './support/boards.ts';
import { type Monitor, startMonitor } from './support/monitor.ts';
import { type FoundSeries, type Prometheus, startPrometheus } from './support/prometheus.ts';
import { filledIn, labelsIn, metricsIn, selectorsIn } from './support/queries.ts';

const M = 'mediamtx_monitor_';
let monitor: Monitor;
let prometheus: Prometheus;

/** A rate takes a few seconds to be there. */
const querySeries = (expr: string): Promise<readonly FoundSeries[]> =>
  eventually(async () => {
    const found = await prometheus.query(expr);
    expect([expr, found.length > 0]).toEqual([expr, true]);
    return found;
  });

async function expectSeries(selector: string): Promise<void> {
  const found = await prometheus.series(selector);
  expect([selector, found.length > 0]).toEqual([selector, true]);
}

/** Has everything go wrong that boards and alerts are about, as far as a simulator can. */
async function bringTrouble({ simulator }: Monitor): Promise<void> {
  for (const name of ['stalled', 'lossy', 'flapping']) simulator.addStream(name);
  simulator.setStreamFrozen('stalled', true);
  simulator.setLinkLoss('lossy', 30);
  await eventually(async () => {
    simulator.setStreamLive('flapping', false);
    simulator.setStreamLive('flapping', true);
    await expectSeries(`${M}stream_reason{reason="flapping"}`);
  });
  await eventually(() => expectSeries(`${M}stream_state{state="stalled"}`));
  await eventually(() => expectSeries(`${M}stream_link_loss_ratio{stream="lossy"}`));
  await simulator.setFault({ kind: 'status', status: 500, list: 'srtconns' });
  await eventually(() => expectSeries(`${M}server_list_missing`));
}

/** What Grafana makes of a query in a table: its labels, and a value named after the query. */
async function fieldsOf({ refId, expr }: Target): Promise<string[]> {
  const found = await prometheus.query(filledIn(expr));
  return [...found.flatMap(({ metric }) => Object.keys(metric)), `Value #${refId}`, 'Value', 'Time'];
}

prometheusTest<typeof describe.skip>(
  'prometheus',
  describe,
  describe.skip,
)('a real Prometheus', () => {
  beforeAll(async () => {
    monitor = await startMonitor();
    prometheus = await startPrometheus(monitor.targets);
    await bringTrouble(monitor);
  });

  afterAll(async () => {
    await prometheus.stop();
    await monitor.stop();
  });

  describe.each(BOARDS)('asked by %s', (_path, board) => {
    describe.each(shownPanels(board).map((panel): [string, Panel] => [panel.title, panel]))(
      '%s',
      (_title, panel) => {
        test.each(panel.targets ?? [])('query $refId brings what the panel shows', async (target) => {
          const expr = filledIn(target.expr);
          const found = await querySeries(expr);
          const shown = labelsIn(target.legendFormat ?? '');
          expect(shown.filter((label) => found.some(({ metric }) => metric[label] === undefined))).toEqual(
            [],
          );
          for (const selector of selectorsIn(expr)) await expectSeries(selector);
        });

        test('has the columns that it names', async () => {
          const fields = await Promise.all((panel.targets ?? []).map(fieldsOf));
          expect([...columnsOf(panel).keys()].filter((name) => !fields.flat().includes(name))).toEqual([]);
        });
      },
    );
  });

  test('shows in numbers what went wrong', async () => {
    const panels = BOARDS.flatMap(([, board]) => shownPanels(board));
    const greatest = async (title: string): Promise<number> => {
      const [target] = panels.find((panel) => panel.title === title)?.targets ?? [];
      const found = await querySeries(filledIn(target?.expr ?? ''));
      return Math.max(...found.flatMap(({ values }) => values.map(([, value]) => Number(value))));
    };
    expect(await greatest('Stalled streams')).toBe(1);
    expect(await greatest('Critical streams')).toBeGreaterThanOrEqual(1);
    expect(await greatest('Streams with a warning')).toBeGreaterThanOrEqual(1);
    expect(await greatest('Live streams')).toBeGreaterThan(5);
    expect(await greatest('Inbound')).toBeGreaterThan(1e6);
    expect(await greatest('Servers without fresh data')).toBe(0);
    expect(await greatest('Replicas without Redis')).toBe(0);
  });

  test('evaluates every rule, and each asks for something that is there', async () => {
    const rules = await eventually(async () => {
      const all = await prometheus.rules();
      expect(all.filter(({ health }) => health === 'unknown')).toEqual([]);
      return all;
    });
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ health, lastError = '' }) => health !== 'ok' || lastError !== '')).toEqual([]);
    for (const { query, annotations } of rules) {
      for (const selector of selectorsIn(query)) await expectSeries(selector);
      for (const metric of metricsIn(Object.values(annotations).join(' '))) await expectSeries(metric);
    }
  });

  test('raises alerts on what went wrong', async () => {
    const rules = await prometheus.rules();
    const raised = rules.filter(({ alerts }) => alerts.length > 0).map(({ name }) => name);
    expect(raised).toEqual(expect.arrayContaining(['MediamtxListMissing', 'MediamtxStreamStalled']));
    expect(raised).not.toContain('MediamtxServerDown');
  });
});
