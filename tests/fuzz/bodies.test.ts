import { createHash } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { alertRecord, testRedis } from '@mediamtx-monitor/testkit';
import { alerterCommandSchema, problemSchema } from '@mediamtx-monitor/types/schemas';
import { alertsHeadOf, targetOf, TestPublisher } from '../../services/api/test/publisher.ts';
import { hasEnded, startApiProcess } from './support/api-process.ts';
import { mutated } from './support/hostile-values.ts';
import { choicesFrom, type Choices, fuzzSettings } from './support/random.ts';

const { seconds, seed } = fuzzSettings(process.env, 5);
/** Requests at the same time. */
const OPERATORS = 6;
const HOUR_MS = 3_600_000;
const HEAD = alertsHeadOf({ targets: [targetOf()] });

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0).reverse()) end();
});

/** A request as an operator would send it, but for its body, type or path. */
function requestOf(choices: Choices): { readonly path: string; readonly init: RequestInit } {
  const { pick, below, chance } = choices;
  const until = new Date(Date.now() + below(48) * HOUR_MS).toISOString();
  const silence = { server: 'main', stream: 'cam/*', reason: 'off-air', comment: 'x', until };
  const path = pick([
    '/api/silences',
    '/api/silences',
    '/api/alerts/a1/ack',
    '/api/targets/phone/test',
    `/api/alerts/${encodeURIComponent(pick(['../x', '\u0000', '{id}', 'x'.repeat(3_000), 'a1']))}/ack`,
  ]);
  const json = JSON.stringify(path === '/api/silences' ? silence : { comment: 'x' });
  const type = chance(0.9)
    ? 'application/json'
    : pick(['text/plain', '', 'application/json; charset=utf-16']);
  const headers = { Authorization: 'Bearer ops', ...(type !== '' && { 'Content-Type': type }) };
  return { path, init: { method: 'POST', headers, body: mutated(json, choices) } };
}

test(
  `whatever operators send for ${seconds} s, only commands reach the alerter (FUZZ_SEED=${seed})`,
  async () => {
    const redis = testRedis();
    const publisher = new TestPublisher(redis.url, redis.prefix);
    endings.push(() => {
      publisher.close();
    });
    const hash = createHash('sha256').update('ops').digest('hex');
    const settings = { API_TOKENS: `ops:${hash}`, API_OPERATORS: 'ops' };
    const { api, url, log } = await startApiProcess(redis, settings);
    endings.push(() => api.kill('SIGKILL'));
    let seq = 0;
    const publish = (): Promise<string> =>
      publisher.publishAlerts({ ...HEAD, seq: (seq += 1), publishedAt: new Date().toISOString() }, [
        alertRecord(),
      ]);
    const publishing = setInterval(() => void publish(), 1_000);
    endings.push(() => {
      clearInterval(publishing);
    });
    await publish();

    const endMs = performance.now() + seconds * 1_000;
    const statuses = new Map<number, number>();
    const operate = async (number: number): Promise<void> => {
      const choices = choicesFrom(seed + number);
      while (performance.now() < endMs && !hasEnded(api)) {
        const { path, init } = requestOf(choices);
        const answer = await fetch(`${url}${path}`, init);
        const body: unknown = await answer.json();
        if (answer.status !== 202) expect(problemSchema.validate(body).error).toBeUndefined();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: OPERATORS }, (_, number) => operate(number)));

    expect([hasEnded(api), log().match(/"level":"error".*/g)]).toStrictEqual([false, null]);
    expect(
      [...statuses.keys()].filter((status) => ![202, 400, 404, 413, 415].includes(status)),
    ).toStrictEqual([]);
    expect([202, 400].map((status) => (statuses.get(status) ?? 0) > 0)).toStrictEqual([true, true]);
    const { redis: asked, names } = publisher;
    const entries = await asked.xrange(names.commands, '-', '+');
    expect(entries.length).toBeGreaterThan(0);
    for (const [, fields] of entries) {
      expect(fields).toHaveLength(2);
      const command: unknown = JSON.parse(fields[1] ?? '');
      expect(alerterCommandSchema.validate(command, { convert: false }).error).toBeUndefined();
      expect(command).toMatchObject({ by: 'ops' });
    }
  },
  seconds * 1_000 + 120_000,
);
