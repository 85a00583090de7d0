/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { reason } from '../../support/connections.ts';
import { openPage, textOf } from '../../support/page.tsx';
import { serversMessage, snapshot, stream, totals } from '../../support/records.ts';

const OPEN = { state: 'open', transport: 'websocket' } as const;
const NOTHING = { count: 0, worst: [] } as const;

/** A page that knows the heads of these servers. */
function openFleet(heads: readonly Partial<StreamsHead>[], query = '') {
  const page = openPage(query);
  page.deliver(({ onState }) => onState?.(OPEN));
  for (const [index, given] of heads.entries()) {
    const head = serversMessage(snapshot([], { server: `s${index}`, totals: totals({ streams: 3 }) }));
    page.deliver(({ onServers }) => onServers?.({ ...head, attention: NOTHING, ...given, type: 'servers' }));
  }
  page.deliver(({ onStatus }) => {
    for (const index of heads.keys()) onStatus?.({ server: `s${index}`, ageMs: 0, stale: false });
  });
  page.wait(3_500);
  return page;
}

test('while only heads have come, nothing is said of missing streams', () => {
  const page = openFleet([{}]);
  expect(textOf(page.root, 'h1')).toBe('All well');
  expect(page.root.querySelector('.empty')).toBeNull();
  page.deliver(({ onStreams }) => onStreams?.(snapshot([stream()], { server: 's0', seq: 2 })));
  expect(page.root.querySelectorAll('.row')).toHaveLength(1);
});

test('of many servers what is wrong is said in words, and what is well is a name', async () => {
  const worst = [
    { name: 'cam', state: 'idle', health: 'critical', reasons: [reason({ severity: 'critical' })] },
  ] as const;
  const source = { status: 'timeout', error: 'no answer', version: null } as const;
  const heads = Array.from({ length: 9 }, () => ({}));
  const page = openFleet([...heads, { attention: { count: 5, worst } }, { source, attention: null }]);
  await eventually(() => {
    page.wait(0);
    const rows = [...page.root.querySelectorAll('.fleet-row')].map(({ textContent }) => textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/s10.*MediaMTX/);
    expect(rows[1]).toMatch(/s9.*5 streams need attention.*cam/);
  });
  expect(textOf(page.root, '.fleet-others summary')).toBe('9 without trouble');
  expect(textOf(page.root, '.fleet h2')).toBe('2 of 11 servers need attention');
  expect(page.root.querySelector('.row')).toBeNull();
});
