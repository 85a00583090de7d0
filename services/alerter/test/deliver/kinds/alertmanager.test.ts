import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually, freePort, prometheusTest } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import type { TargetMessage } from '../../../src/model.ts';
import { alert, AT, news, reason, resolved, stream, target } from '../../support/messages.ts';
import { filesOfTest } from '../../support/files.ts';
import { startStandIn } from '../../support/stand-in.ts';
import { createDelivery, queued, resultsOf, tried } from '../../support/tried.ts';

interface Posted {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

const file = filesOfTest();
const MINUTE_MS = 60_000;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const named = (alerts: readonly Posted[]): readonly string[] =>
  alerts.map(({ labels }) =>
    [labels['alertname'], labels['server'], labels['stream'] ?? labels['host']].join(' ').trim(),
  );

describe('what is posted', () => {
  async function standIn() {
    const got = await startStandIn();
    ends.push(got.close);
    const postsOf = () => got.requests.map(({ body }) => JSON.parse(body) as readonly Posted[]);
    return { got, postsOf, url: `${got.url}/am/` };
  }

  test('is all that fires, what is over, and a Watchdog', async () => {
    const { got, postsOf, url } = await standIn();
    const endedAt = '2026-03-01T14:03:32.000Z';
    const [fired, firing, over] = [
      alert({ subject: stream('new') }),
      alert({ subject: { kind: 'host', host: 'pc' }, reasons: [reason({ code: 'cpu-high', measured: 99 })] }),
      resolved(
        alert({
          subject: { kind: 'server', server: 'edge' },
          reasons: [reason({ code: 'no-data' })],
          endedAt,
        }),
      ),
    ];
    await tried(target('alertmanager', { url }), news({ fired: [fired], resolved: [over] }), {
      firing: [firing, fired],
    });
    expect(got.requests.map(({ path, headers }) => [path, headers.authorization])).toStrictEqual([
      ['/am/api/v2/alerts', undefined],
    ]);
    const [alerts = []] = postsOf();
    expect(named(alerts)).toStrictEqual(['Watchdog', 'off-air main new', 'cpu-high  pc', 'no-data edge']);
    const until = new Date(Date.parse(AT) + 4 * MINUTE_MS).toISOString();
    expect(alerts[1]).toStrictEqual({
      labels: { alertname: 'off-air', severity: 'critical', server: 'main', stream: 'new' },
      annotations: {
        summary: 'new: Off air',
        description: expect.stringContaining('What to do: '),
        cause: 'It was live: its publisher stopped, or its connection broke.',
      },
      startsAt: fired.since,
      endsAt: until,
      generatorURL: 'https://monitor.example.com/?stream=main/new',
    });
    expect(alerts.map(({ endsAt }) => endsAt)).toStrictEqual([until, until, until, over.endedAt]);
  });

  test('ends what fires by these labels no more, and tells what it knows to fire by that', async () => {
    const { postsOf, url } = await standIn();
    const [first, other] = [
      alert({ id: 'a', subject: stream('a') }),
      alert({ id: 'b', subject: stream('b'), severity: 'warning' }),
    ];
    const changed: Alert = { ...first, reasons: [reason({ code: 'stalled' })] };
    const { told } = await tried(target('alertmanager', { url }), news({ fired: [other] }), {
      ...{ firing: [changed], ended: [first, other] },
    });
    const [alerts = []] = postsOf();
    expect(named(alerts)).toStrictEqual(['Watchdog', 'off-air main b', 'stalled main a', 'off-air main a']);
    const isOver = ({ endsAt }: Posted): boolean => endsAt === AT;
    expect(alerts.map(isOver)).toStrictEqual([false, false, false, true]);
    expect(told).toStrictEqual([
      { id: 'b', code: 'off-air', severity: 'warning' },
      { id: 'a', code: 'stalled', severity: 'critical' },
    ]);
  });

  test('tells nothing of what it knows where it didn’t take all of it', async () => {
    let left = 2;
    const got = await startStandIn((response) => {
      left -= 1;
      response.writeHead(left < 0 ? 500 : 200).end();
    });
    ends.push(got.close);
    const firing = Array.from({ length: 2_500 }, (_, index) => alert({ subject: stream(`s${index}`) }));
    const result = await tried(target('alertmanager', { url: got.url }), news({}), { firing });
    expect([result.outcome, result.told]).toStrictEqual(['failed', undefined]);
  });

  test('fires where it fires again, though the message tells that it was over', async () => {
    const { postsOf, url } = await standIn();
    const one = alert();
    await tried(target('alertmanager', { url }), news({ resolved: [resolved(one)] }), { firing: [one] });
    const alerts = postsOf()[0] ?? [];
    expect(named(alerts)).toStrictEqual(['Watchdog', 'off-air main studio/cam1']);
    expect(Date.parse(alerts[1]?.endsAt ?? '')).toBeGreaterThan(Date.parse(AT));
  });

  test('goes in posts of a thousand', async () => {
    const { postsOf, url } = await standIn();
    const firing = Array.from({ length: 2_500 }, (_, index) => alert({ subject: stream(`s${index}`) }));
    await tried(target('alertmanager', { url }), news({}), { firing });
    expect(postsOf().map(({ length }) => length)).toStrictEqual([1_000, 1_000, 501]);
  });

  test('begins no later than it ends', async () => {
    const { postsOf, url } = await standIn();
    const since = '2036-01-01T00:00:00.000Z';
    await tried(target('alertmanager', { url }), news({ resolved: [resolved(alert({ since }))] }), {
      firing: [alert({ since, subject: stream('b') })],
    });
    for (const { startsAt, endsAt } of postsOf()[0] ?? [])
      expect(Date.parse(startsAt)).toBeLessThanOrEqual(Date.parse(endsAt));
  });

  test.each([
    ['user:pass:word', `Basic ${Buffer.from('user:pass:word').toString('base64')}`],
    ['a-token', 'Bearer a-token'],
  ])('proves who writes with %s', async (secret, header) => {
    const { got, url } = await standIn();
    await tried(target('alertmanager', { url, secretFile: file('secret', secret) }), news({}));
    expect(got.requests[0]?.headers.authorization).toBe(header);
  });

  test.each([
    ['test', null, 'ops'],
    ['gone', 'chat', 'chat'],
  ] as const)('has a %s as an alert of its own', async (kind, goneTarget, about) => {
    const { postsOf, url } = await standIn();
    await tried(target('alertmanager', { url }), { ...news({}), kind, goneTarget });
    expect(postsOf()[0]?.at(-1)?.labels).toMatchObject({ severity: 'warning', target: about });
  });
});

/** A real Alertmanager of our own that tells a stand-in of groups by server, at once. */
async function startAlertmanager() {
  const receiver = await startStandIn();
  ends.push(receiver.close);
  const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
  ends.push(() => rm(folder, { recursive: true }));
  const config = {
    route: {
      receiver: 'hook',
      group_by: ['server'],
      ...{ group_wait: '100ms', group_interval: '500ms', repeat_interval: '1h' },
    },
    receivers: [{ name: 'hook', webhook_configs: [{ url: receiver.url, send_resolved: true }] }],
  };
  // YAML takes JSON.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const host = `127.0.0.1:${await freePort()}`;
  const program = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${host}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  ends.push(async () => {
    const gone = once(program, 'exit');
    program.kill('SIGKILL');
    await gone;
  });
  const url = `http://${host}`;
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}/api/v2/${path}`)).json();
  await eventually(() => get('status'));
  return {
    url,
    active: async () => named((await get('alerts?active=true')) as readonly Posted[]).toSorted(),
    groups: async () =>
      ((await get('alerts/groups')) as readonly { readonly alerts: readonly Posted[] }[])
        .map(({ alerts }) => alerts.length)
        .toSorted((one, other) => one - other),
    told: () =>
      receiver.requests.flatMap(({ body }) =>
        (
          JSON.parse(body) as { readonly alerts: readonly (Posted & { readonly status: string })[] }
        ).alerts.map((one) => `${one.status} ${named([one]).join('')}`),
      ),
  };
}

prometheusTest(
  'prometheus-alertmanager',
  test,
  test.skip,
)('a real Alertmanager receives, groups and resolves', async () => {
  const real = await startAlertmanager();
  const { delivery } = createDelivery({ wallMs: () => Date.now() });
  const to = target('alertmanager', { url: real.url });
  const tell = async (
    message: TargetMessage,
    firing: readonly Alert[],
    ended: readonly Alert[] = [],
  ): Promise<void> => {
    delivery.offer([{ target: to, queued: queued(message) }], () => ({ firing, ended }));
    expect(await resultsOf(delivery)).toMatchObject([{ outcome: 'delivered', error: null }]);
  };
  const now = new Date().toISOString();
  const [one, two, three] = [
    alert({ subject: stream('eins "\\\n é📷'), since: now }),
    alert({ subject: stream('two'), since: now }),
    alert({
      subject: { kind: 'server', server: 'edge' },
      reasons: [reason({ code: 'no-data' })],
      since: now,
    }),
  ];
  await tell(news({ fired: [one, two, three] }), [one, two, three]);
  expect(await real.active()).toStrictEqual(
    ['Watchdog', 'no-data edge', 'off-air main eins "\\\n é📷', 'off-air main two'].toSorted(),
  );
  await eventually(async () => {
    expect(await real.groups()).toStrictEqual([1, 1, 2]);
    expect(real.told()).toContain('firing off-air main two');
  });

  // One is over, of another the worst reason is another one now.
  const worse: Alert = { ...one, reasons: [reason({ code: 'not-live' })] };
  await tell(news({ resolved: [resolved(two, new Date().toISOString())] }), [worse, three], [one]);
  await eventually(async () => {
    expect(await real.active()).toStrictEqual(
      ['Watchdog', 'no-data edge', 'not-live main eins "\\\n é📷'].toSorted(),
    );
    expect(real.told()).toStrictEqual(
      expect.arrayContaining([
        'resolved off-air main two',
        'resolved off-air main eins "\\\n é📷',
        'firing not-live main eins "\\\n é📷',
      ]),
    );
  });
  delivery.stop();
});
