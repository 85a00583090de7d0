/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { act } from 'preact/test-utils';
import { eventually, FULL_DISK } from '@mediamtx-monitor/testkit';
import { host, hostsMessage } from '../../support/hosts.ts';
import { openPage, type TestPage, textOf } from '../../support/page.tsx';
import { snapshot, stream } from '../../support/records.ts';

/** The page, and its script, which comes when it is shown. */
async function openServers(
  query = '?view=servers',
  options?: Parameters<typeof openPage>[1],
): Promise<TestPage> {
  const page = openPage(query, options);
  await act(async () => {
    await import('../../../src/pages/servers/servers-page.tsx');
  });
  return page;
}

const openDetails = ({ root, do: change }: TestPage, place = 0): void => {
  change(() => {
    root.querySelectorAll<HTMLButtonElement>('.server-open')[place]?.click();
  });
};

/** 40 ms after a tick of 2 s began. */
const T40 = '2026-01-01T00:00:02.040Z';

describe('the servers’ page', () => {
  test('tells of a server what it says, what failed and what it lacks', async () => {
    const page = await openServers('?view=servers');
    const { root, deliver } = page;
    deliver(({ onStreams }) =>
      onStreams?.(
        snapshot([stream()], {
          source: { status: 'timeout', error: 'No answer within 1500 ms', version: null },
          missing: ['srtconns', 'info'],
        }),
      ),
    );
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([], { server: 'north', missing: ['srtconns', 'info'], publishedAt: T40 })),
    );
    openDetails(page, 1);
    await eventually(() => {
      expect(textOf(root, '.card:first-child')).toContain('No answer within 1500 ms');
    });
    const card = textOf(root, '.card:first-child');
    const north = textOf(root, '.card:last-child');
    expect(card).toContain('MediaMTX does not answer in time');
    expect(card).toContain('Version–');
    expect(card).not.toContain('srtconns');
    expect(north).toContain('MediaMTX answers');
    expect(north).toContain('srtconns and info');
    expect(north).toContain('v1.20.1');
    expect(north).toContain('Last poll took40 ms');
    expect(textOf(root, '.page-note')).toContain('No host agent');
  });

  test('tells in its language why a server can’t be read', async () => {
    const page = await openServers('?view=servers&lang=de');
    const { root, deliver } = page;
    deliver(({ onStreams }) =>
      onStreams?.(
        snapshot([stream()], {
          source: { status: 'timeout', error: 'MediaMTX did not answer', version: null },
          sourceError: { code: 'timeout', values: { url: 'http://media:9997', timeoutMs: '1500' } },
        }),
      ),
    );
    await eventually(() => {
      const card = textOf(root, '.card');
      expect(card).toContain('MediaMTX unter http://media:9997 hat nicht innerhalb von 1500 ms geantwortet.');
      expect(card).not.toContain('did not answer');
    });
  });

  test('marks of a host what is tight, and nothing else', async () => {
    const { root, deliver } = await openServers('?view=servers');
    deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ cpu: { ...host().cpu, percent: 99 } }))));
    expect(textOf(root, '.server-said')).toBe('CPU 99 %, memory 25 %');
    expect(
      [...root.querySelectorAll('.server-said .words-warning')].map((one) => one.textContent),
    ).toStrictEqual(['CPU 99 %']);
  });

  test('tells of a host how busy it is, and what isn’t known of it', async () => {
    const page = await openServers('?view=servers');
    const { root, deliver } = page;
    deliver(({ onHosts }) =>
      onHosts?.(hostsMessage(host({ disks: [FULL_DISK], cpu: { ...host().cpu, percent: null } }))),
    );
    openDetails(page);
    expect(textOf(root, '.card-title')).toBe('Critical: box');
    expect(root.querySelector('.card-title .mark-critical')).not.toBeNull();
    expect(textOf(root, '.meter-critical')).toContain('Disk /');
    expect(textOf(root, '.meter-critical b')).toBe('Critical: 96 %');
    expect(textOf(root, '.meter-critical')).toContain('96.0 GB of 100 GB');
    expect(textOf(root, '.meter-unknown')).toContain('–');
    expect(textOf(root, '.facts')).toContain('10.0 · 20.0 Mbit/s');
  });

  test('doesn’t say that a server answers of which nothing is heard, nor that it doesn’t', async () => {
    const { root, deliver, stale, age, look } = await openServers('?view=servers', { ageMs: 16_000 });
    stale.add('main');
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    expect(textOf(root, '.card p')).toBe('The monitor has had no data for 16 s; streams may be fine.');
    age.ms = 60_000;
    look();
    expect(textOf(root, '.card p')).toBe(
      'No data from main for 1 min: it may be its host, its collector or Redis',
    );
    expect(textOf(root, '.card')).not.toContain('MediaMTX answers');
  });

  test('says of a server that could not be read and fell silent what it last was, until that is a minute old', async () => {
    const { root, deliver, stale, age, look } = await openServers('?view=servers', { ageMs: 16_000 });
    const said = () =>
      [...root.querySelectorAll('.server-said > p')].slice(0, 2).map((each) => each.textContent);
    stale.add('main');
    const source = { status: 'down', error: 'refused', version: null } as const;
    deliver(({ onStreams }) => onStreams?.(snapshot([], { source })));
    const down = 'MediaMTX is not reachable';
    expect(said()).toStrictEqual([down, 'The monitor has had no data for 16 s; streams may be fine.']);
    age.ms = 60_000;
    look();
    expect(said()).toStrictEqual([
      'No data from main for 1 min: it may be its host, its collector or Redis',
      down,
    ]);
  });

  test('greys out a host that fell silent', async () => {
    const page = await openServers('?view=servers');
    const { root, deliver, stale } = page;
    stale.add('box');
    deliver(({ onHosts }) => onHosts?.(hostsMessage()));
    expect(textOf(root, '.stale')).toContain('last seen 2.5 s ago');
  });

  test('has a row for a server and its host together, closed as long as MediaMTX answers', async () => {
    const page = await openServers();
    const { root, deliver } = page;
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main', disks: [FULL_DISK] }))));
    expect(root.querySelectorAll('.server-row')).toHaveLength(1);
    expect(textOf(root, '.server-said')).toContain('v1.20.1');
    expect(textOf(root, '.server-said')).toContain('Host main: memory 25 %, disk / 96 %');
    expect(textOf(root, '.hour')).toBe('CPU 12 %');
    expect(root.querySelector('.facts')).toBeNull();
    openDetails(page);
    expect(root.querySelector('.server-open')?.getAttribute('aria-expanded')).toBe('true');
    expect(textOf(root, '.server-more')).toContain('Last poll took');
    expect(textOf(root, '.server-more')).toContain('96.0 GB of 100 GB');
    openDetails(page);
    expect(root.querySelector('.server-more')).toBeNull();
  });

  test('asks for the last hour of what is in view, and leaves a gap where nothing is known', async () => {
    const asked: string[] = [];
    const answer = (url: string) => {
      const from = Date.parse(new URL(url).searchParams.get('from') ?? '');
      const names = new URL(url).searchParams.get('fields')?.split(',') ?? [];
      const mean = Array.from({ length: 60 }, (_, minute) => (minute === 30 ? null : 50));
      return {
        ...{
          from: new Date(from).toISOString(),
          to: new Date(from + 3_600_000).toISOString(),
          stepSeconds: 60,
        },
        fields: Object.fromEntries(names.map((name) => [name, { mean }])),
      };
    };
    const api: typeof fetch = (input) => {
      const url = input as string;
      asked.push(url);
      return Promise.resolve({ status: 200, json: () => Promise.resolve(answer(url)) } as Response);
    };
    const page = await openServers('?view=servers', { fetch: api });
    const { root, deliver } = page;
    deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
    deliver(({ onHosts }) => onHosts?.(hostsMessage(host({ host: 'main' }))));
    await eventually(() => {
      expect(root.querySelectorAll('.hour path[d^="M"]')).toHaveLength(3);
    });
    const paths = [...root.querySelectorAll('.hour path')].map((path) => path.getAttribute('d') ?? '');
    expect(paths.map((path) => path.match(/M/g)?.length)).toStrictEqual([2, 2, 2]);
    // Half of all that a processor has, but the most of what came in.
    expect(paths.map((path) => /^M0 (\d+)/.exec(path)?.[1])).toStrictEqual(['50', '5', '5']);
    expect(asked.map((url) => new URL(url).pathname).sort()).toStrictEqual([
      '/api/hosts/main/history',
      '/api/servers/main/history',
    ]);
    const [first = ''] = asked;
    expect(new URL(first).searchParams.get('from')).toBe('2026-01-01T00:05:00.000Z');
  });
});
