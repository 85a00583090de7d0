import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { alertsHeadOf, freshTimes, headOf, targetOf } from '../publisher.ts';
import { startRoutes } from './start-routes.ts';

interface AlertsBody {
  readonly items: readonly Alert[];
  readonly total: number;
  readonly publishedAt: string | null;
  readonly stale: boolean;
  readonly ageMs: number | null;
  readonly counts: unknown;
  readonly targets: readonly unknown[];
  readonly silences: readonly unknown[];
}

const ofNorth = { kind: 'stream', server: 'north', stream: 'gate' } as const;
const ALERTS: readonly Alert[] = [
  alertRecord({ id: 'cam' }),
  alertRecord({ id: 'quiet', silencedBy: 's1', severity: 'warning' }),
  alertRecord({ id: 'server', subject: { kind: 'server', server: 'main' }, state: 'unknown' }),
  alertRecord({ id: 'host', subject: { kind: 'host', host: 'media-1' }, state: 'recovering' }),
  alertRecord({ id: 'gate', subject: ofNorth, state: 'pending' }),
  alertRecord({ id: 'over', subject: ofNorth, state: 'resolved' }),
];
const TARGET = targetOf();
const HEAD = alertsHeadOf({ targets: [TARGET] });

async function started() {
  const bench = await startRoutes();
  const ask = async (query = '') => {
    const answer = await fetch(`${bench.url}/api/alerts${query}`);
    return { status: answer.status, body: (await answer.json()) as AlertsBody };
  };
  const idsFor = async (query: string): Promise<string> =>
    (await ask(query)).body.items.map(({ id }) => id).join();
  return { ...bench, ask, idsFor };
}

describe('alerts', () => {
  test('are as the alerter told them, pending ones aside, with who is told', async () => {
    const { ask, publisher } = await started();
    await publisher.publishAlerts(HEAD, ALERTS);
    await eventually(async () => {
      expect((await ask()).body).toStrictEqual({
        items: ALERTS.filter(({ id }) => id !== 'gate'),
        total: 5,
        publishedAt: HEAD.publishedAt,
        stale: false,
        ageMs: 0,
        counts: HEAD.counts,
        targets: [TARGET],
        silences: [],
        warnings: [],
      });
    });
  });

  test.each([
    ['?state=firing', 'cam,quiet'],
    ['?state=silenced', 'quiet'],
    ['?state=pending,resolved', 'gate,over'],
    ['?severity=warning', 'quiet'],
    ['?server=main', 'cam,quiet,server'],
    ['?server=north&state=resolved', 'over'],
    ['?stream=cam/*', 'cam,quiet'],
    ['?stream=**&severity=critical', 'cam,over'],
  ])('are chosen by %s', async (query, ids) => {
    const { idsFor, publisher } = await started();
    await publisher.publishAlerts(HEAD, ALERTS);
    await eventually(async () => {
      expect(await idsFor(query)).toBe(ids);
    });
  });

  test('of a server that is unknown aren’t asked for, nor in states that there aren’t', async () => {
    const { ask, publisher } = await started();
    await publisher.publish(headOf());
    await eventually(async () => {
      expect(await ask('?server=south')).toMatchObject({ status: 404, body: { code: 'unknown-server' } });
    });
    expect((await ask('?server=main')).status).toBe(200);
    expect(await ask('?state=lively')).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });

  test('are none where no alerter has told any', async () => {
    const { ask } = await started();
    expect(await ask()).toStrictEqual({
      status: 200,
      body: {
        ...{ items: [], total: 0, publishedAt: null, stale: true, ageMs: null, counts: null },
        ...{ targets: [], silences: [], warnings: [] },
      },
    });
  });

  test('come with what is to be mended where they come from', async () => {
    const { ask, publisher } = await started();
    await publisher.publishAlerts({ ...HEAD, warnings: ['files-differ'] }, []);
    await eventually(async () => {
      expect((await ask()).body).toMatchObject({ total: 0, warnings: ['files-differ'] });
    });
  });

  test('stay as they were told, and say that they are old', async () => {
    const { ask, publisher, clock } = await started();
    await publisher.publishAlerts(HEAD, ALERTS);
    await eventually(async () => {
      expect((await ask()).body.total).toBe(5);
    });
    clock.advance(15_001);
    expect((await ask()).body).toMatchObject({ total: 5, stale: true, ageMs: 15_001 });
  });

  test('are read from their key by a replica that has just started', async () => {
    const { ask, publisher } = await started();
    await publisher.storeAlerts({ ...HEAD, publishedAt: freshTimes().publishedAt }, ALERTS);
    expect((await ask()).body).toMatchObject({ total: 5, stale: false });
  });

  test('that are no alerts are passed over, whatever they are', async () => {
    const { idsFor, publisher } = await started();
    const odd = [7, null, {}, { id: 'x', subject: 7, state: 7 }, ...ALERTS] as unknown as readonly Alert[];
    await publisher.publishAlerts(HEAD, odd);
    await eventually(async () => {
      expect(await idsFor('?stream=cam/*&state=firing')).toBe('cam,quiet');
    });
  });
});
