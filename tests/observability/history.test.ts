import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prometheusTest } from '@mediamtx-monitor/testkit';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { type StartedApi, startApi } from '../docs/support/started-api.ts';
import { type EngineProgram, type FilledEngine, startFilled } from './support/engines.ts';
import { ODD_NAME } from './support/quarter-hour.ts';
import { HOSTILE_NAMES, rememberTwice, SCRAPE_SECONDS, type TwoMemories } from './support/two-memories.ts';

const STREAM = `/api/streams/${encodeURIComponent(ODD_NAME)}/history`;
const PATHS = [STREAM, '/api/servers/main/history', '/api/hosts/media-1/history'];
/** In this step of 30 s nobody looks any more, and what was seen last is exported until it is stale. */
const FALLING_SILENT = 20;
/** In this one the stream is back: when exactly, scrapes don't see. */
const COMING_BACK = 5;

type Values = readonly (number | string | null)[];

let memories: TwoMemories;
let redisApi: StartedApi;
beforeAll(async () => {
  memories = await rememberTwice();
  redisApi = await startApi(memories.redis);
});
afterAll(() => redisApi.stop());

async function ask(api: StartedApi, path: string, step: number, more = ''): Promise<HistoryAnswer> {
  const [from, to] = [memories.fromMs, memories.toMs].map((ms) => new Date(ms).toISOString());
  const response = await fetch(`${api.url}${path}?from=${from}&to=${to}&step=${step}${more}`);
  const text = await response.text();
  expect([path, response.status, text]).toStrictEqual([path, 200, expect.any(String)]);
  return JSON.parse(text) as HistoryAnswer;
}

/** Each list of an answer, by field and statistic, but for what isn't exported. */
function listsOf({ fields }: HistoryAnswer): ReadonlyMap<string, Values> {
  const lists = Object.entries(fields).flatMap(([field, values]) =>
    Object.entries(values as Readonly<Record<string, Values>>).map(
      ([statistic, list]) => [`${field} ${statistic}`, list] as const,
    ),
  );
  return new Map(lists.filter(([name]) => !name.startsWith('discards')));
}

/** Whether two values tell the same: numbers about, since Redis keeps bytes of them, and scrapes see some ticks only. */
function isAlike(
  kept: Values[number] | undefined,
  scraped: Values[number] | undefined,
  tolerance: number,
): boolean {
  if (typeof kept !== 'number' || typeof scraped !== 'number') return kept === scraped;
  return Math.abs(kept - scraped) <= tolerance * kept;
}

describe.each<readonly [EngineProgram]>([['prometheus'], ['victoria-metrics']])(
  'history of %s',
  (program) => {
    prometheusTest<typeof describe.skip>(
      program,
      describe,
      describe.skip,
    )('that has scraped a quarter of an hour', () => {
      let engine: FilledEngine;
      let api: StartedApi;
      beforeAll(async () => {
        engine = await startFilled(program, memories.samples);
        api = await startApi(memories.redis, {
          HISTORY_URL: engine.url,
          HISTORY_SCRAPE_SECONDS: SCRAPE_SECONDS,
        });
      });
      afterAll(async () => {
        await api.stop();
        await engine.stop();
      });

      test.each(PATHS)('%s is what Redis has', async (path) => {
        for (const step of [30, 300]) {
          const [kept, scraped] = [await ask(redisApi, path, step), await ask(api, path, step)].map(listsOf);
          for (const [name, list] of kept ?? []) {
            const other = scraped?.get(name) ?? [];
            const differing = list.flatMap((value, place) => {
              if (step === 30 && place === FALLING_SILENT) return [];
              const tolerance = step === 30 && place === COMING_BACK ? 0.2 : 0.08;
              return isAlike(value, other[place], tolerance) ? [] : [[name, place, value, other[place]]];
            });
            expect(differing).toStrictEqual([]);
            expect([name, list.length]).toStrictEqual([name, other.length]);
          }
        }
      });

      test('has least and greatest values in any step, and no numbers that nobody exports', async () => {
        const { fields } = await ask(api, STREAM, 30);
        expect(fields['inboundMbps']).toStrictEqual({
          mean: expect.any(Array),
          min: expect.arrayContaining([0, 4, null]),
          max: expect.arrayContaining([0, 4, null]),
        });
        expect(Object.keys(fields)).not.toContain('discardsPerSecond');
      });

      test('of each stream is its own, whatever it is called, and traffic also of before it was known when it was read', async () => {
        const alike = (value: unknown) => ({
          mean: [value, value, value],
          min: [value, value, value],
          max: [value, value, value],
        });
        const found = HOSTILE_NAMES.map(async (name) => {
          const path = `/api/streams/${encodeURIComponent(name)}/history`;
          const { fields } = await ask(api, path, 300, '&server=old&fields=readers,inboundMbps,state');
          return [name, fields];
        });
        expect(await Promise.all(found)).toStrictEqual(
          HOSTILE_NAMES.map((name, place) => [
            name,
            { state: { worst: ['live', 'live', 'live'] }, inboundMbps: alike(4), readers: alike(place) },
          ]),
        );
      });

      test('knows whose a stream was that isn’t listed any more, and no other', async () => {
        const { status } = await fetch(`${api.url}/api/streams/nobody/history?step=60`);
        expect(status).toBe(404);
        expect((await fetch(`${api.url}${STREAM}?step=60`)).status).toBe(200);
      });
    });
  },
);
