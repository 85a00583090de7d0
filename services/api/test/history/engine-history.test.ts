import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { RedisAwayError } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { Engine, type EngineOptions, type EngineTarget } from '../../src/history/engine.ts';
import { EngineHistory } from '../../src/history/engine-history.ts';
import { HistoryAwayError, type HistoryQuestion, type HistorySource } from '../../src/http/history.ts';
import { atEnd } from '../bench.ts';
import { serve } from '../serve.ts';
import { RECORDED, RECORDED_FROM_MS } from './recorded-answers.ts';

const QUESTION: HistoryQuestion = {
  subject: { kind: 'server', server: 'main' },
  fields: ['readers'],
  ...{ fromMs: RECORDED_FROM_MS, toMs: RECORDED_FROM_MS + 180_000, stepSeconds: 60 },
};
const KEPT = { fields: { readers: { mean: [7] } }, workMs: 0 };
const PROMETHEUS = RECORDED['Prometheus 2.42.0'];
const SOMEBODY = new AbortController().signal;

interface HistoryBench extends Partial<Omit<EngineOptions, 'target' | 'logger'>> {
  readonly target?: Partial<EngineTarget>;
  readonly path?: string;
  readonly login?: string;
  readonly selector?: string;
  readonly ticks?: Partial<HistorySource>;
}

/** History of an engine that answers like this, with every tick of Redis beside it. */
async function startHistory(listener: RequestListener, bench: HistoryBench = {}) {
  const { target, path = '', login = '', selector = '', ticks, ...options } = bench;
  const url = `${(await serve(listener)).replace('//', `//${login}`)}${path}`;
  const log = createLogRecorder();
  const engine = new Engine({ target: () => ({ url, ...target }), logger: log.logger, ...options });
  atEnd(() => {
    engine.close();
  });
  const history = new EngineHistory({
    engine,
    scraped: { everySeconds: 15, selector },
    ticks: {
      nowMs: () => Promise.resolve(5_000),
      finestStepSeconds: (ago) => (ago <= 900 ? 1 : 30),
      serversWith: () => Promise.resolve([]),
      isKept: () => Promise.resolve(false),
      read: () => Promise.resolve(KEPT),
      ...ticks,
    },
    clock: createFakeClock('2026-11-29T12:00:00.000Z'),
  });
  return { history, log };
}

const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
  };

interface NotedQuestion {
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Answers, and notes what was asked. */
function noting(bodyFor: (form: NotedQuestion['form']) => string) {
  const asked: NotedQuestion[] = [];
  const listener: RequestListener = (request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(text));
      asked.push({ path: request.url, headers: request.headers, form });
      response.end(bodyFor(form));
    });
  };
  return { asked, listener };
}

describe.each(Object.entries(RECORDED))('answers of %s', (_name, recorded) => {
  test('are one number a step, null where nothing was scraped', async () => {
    const { history } = await startHistory(answering(200, recorded.numbers));
    const { fields } = await history.read(QUESTION, SOMEBODY);
    expect(fields).toStrictEqual({
      readers: { mean: [2.5, null, 2.5], min: [2.5, null, 2.5], max: [2.5, null, 2.5] },
    });
  });

  test('are the worst word of each step', async () => {
    const { listener } = noting(({ query = '' }) =>
      query.includes('stream_state') ? recorded.words : recorded.nothing,
    );
    const { history } = await startHistory(listener);
    const subject = { kind: 'stream', server: 'main', stream: 'cam' } as const;
    const { fields } = await history.read({ ...QUESTION, subject, fields: ['state', 'health'] }, SOMEBODY);
    expect(fields).toStrictEqual({
      state: { worst: ['idle', null, 'live'] },
      // Of a known state without a health nobody has judged.
      health: { worst: ['unknown', null, 'unknown'] },
    });
  });

  test('tell whose a stream was', async () => {
    const { history } = await startHistory(answering(200, recorded.series));
    expect(await history.serversWith('cam', ['north', 'main'], SOMEBODY)).toStrictEqual(['main']);
    const { history: other } = await startHistory(answering(200, recorded.noSeries));
    expect(await other.serversWith('cam', ['north', 'main'], SOMEBODY)).toStrictEqual([]);
  });

  test.each(Object.keys(recorded.refused) as (keyof typeof recorded.refused)[])(
    'that refuse are told with what to do: %s',
    async (why) => {
      const [status, body] = recorded.refused[why];
      const { history, log } = await startHistory(answering(status, body));
      const what =
        why === 'wrongPath'
          ? /doesn’t speak the API of Prometheus/
          : /refuses the query \(4\d\d: .+less time/s;
      await expect(history.read(QUESTION, SOMEBODY)).rejects.toMatchObject({
        code: 'history-refused',
        message: expect.stringMatching(what),
      });
      expect(log.messages('warn')).toHaveLength(1);
    },
  );
});

test('asks below the path of its address, as whom it is told, for one point a step', async () => {
  const { asked, listener } = noting(() => PROMETHEUS.nothing);
  const { history } = await startHistory(listener, {
    ...{ path: '/mimir/prometheus/', selector: 'job="streams",site!="b"' },
    target: { token: 's3cr3t', tenant: 'team-a' },
  });
  await history.read(QUESTION, SOMEBODY);
  expect(asked.map(({ path }) => path)).toStrictEqual(
    new Array(3).fill('/mimir/prometheus/api/v1/query_range'),
  );
  expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer s3cr3t', 'x-scope-orgid': 'team-a' });
  expect(asked[0]?.form).toStrictEqual({
    query:
      'avg(avg_over_time(mediamtx_monitor_server_readers{server="main",job="streams",site!="b"}[60000ms])) * 1',
    ...{ start: '1790000100', end: '1790000220', step: '60' },
  });
});

test('user and password in its address are used', async () => {
  const { asked, listener } = noting(() => PROMETHEUS.noSeries);
  const { history } = await startHistory(listener, { login: 'us%40r:p%3Ass@' });
  await history.serversWith('cam', ['main'], SOMEBODY);
  const pair = Buffer.from('us@r:p:ss').toString('base64');
  expect(asked[0]?.headers['authorization']).toBe(`Basic ${pair}`);
  expect(asked[0]?.path).toBe('/api/v1/series');
});

test('servers and hosts are there as far as Redis or the engine has had something of them', async () => {
  const { asked, listener } = noting(({ 'match[]': match = '' }) =>
    JSON.stringify({ status: 'success', data: match.includes('media-1') ? [{ host: 'media-1' }] : [] }),
  );
  const { history } = await startHistory(listener);
  expect(await history.isKept({ kind: 'host', host: 'media-1' }, SOMEBODY)).toBe(true);
  expect(await history.isKept({ kind: 'server', server: 'north' }, SOMEBODY)).toBe(false);
  expect(asked.map(({ form }) => form['match[]'])).toStrictEqual([
    'mediamtx_monitor_host_up{host="media-1"}',
    'mediamtx_monitor_server_poll_status{server="north"}',
  ]);
  const kept = await startHistory(listener, { ticks: { isKept: () => Promise.resolve(true) } });
  expect(await kept.history.isKept({ kind: 'server', server: 'north' }, SOMEBODY)).toBe(true);
  expect(asked).toHaveLength(2);
});

describe('what goes wrong', () => {
  const NO_MATRIX = '{"status":"success","data":{"resultType":"vector","result":[]}}';
  const NO_POINT =
    '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[["x",1]]}]}}';
  const ECHO = JSON.stringify({ error: `you are ${Buffer.from('joe:s3cr3t').toString('base64')}` });
  const matrix = (...result: unknown[]) =>
    JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
  const ODD_LABEL = matrix({ metric: { s3cr3t: 1 }, values: [] });
  const MANY_SERIES = matrix(...new Array<number>(1_001).fill(0));
  const unpacked = gzipSync(' '.repeat(100_000));
  type Code = 'away' | 'refused';

  const FAULTS: readonly (readonly [string, RequestListener, Code, RegExp])[] = [
    ['a web page', answering(200, '<html>log in</html>'), 'refused', /HISTORY_URL has to be/],
    ['no token', answering(401, 'Unauthorized'), 'refused', /access \(401\)\. Check HISTORY_TOKEN/],
    ['no rights', answering(403, '{"error":"no org id"}'), 'refused', /\(403: no org id\).+HISTORY_TENANT/],
    ['another address', answering(302, '', { Location: '/' }), 'refused', /what answers \(302\)/],
    ['too many questions', answering(429, '{"error":"too many"}'), 'away', /\(429: too many\)/],
    ['a proxy without it', answering(502, '<html>Bad Gateway</html>'), 'away', /has trouble \(502\)/],
    ['another kind of answer', answering(200, NO_MATRIX), 'refused', /what it was not asked for/],
    ['two series for one', answering(200, PROMETHEUS.words), 'refused', /several series/],
    ['points that are none', answering(200, NO_POINT), 'refused', /a point that is none/],
    ['many series', answering(200, MANY_SERIES), 'refused', /too many series/],
    ['odd labels', answering(200, ODD_LABEL), 'refused', /something else than series \(string.base\)\.$/],
    ['who says again who asked', answering(400, ECHO), 'refused', /\(400: you are \(removed\)\)/],
    ['no JSON', answering(200, '{"status":"succ'), 'refused', /doesn’t speak/],
    [
      'a cut connection',
      (request) => request.socket.destroy(),
      'away',
      /does not answer\. Check HISTORY_URL/,
    ],
    ['more than is read', answering(200, ' '.repeat(6_000)), 'refused', /more than can be read/],
    ['much in little', answering(200, unpacked, { 'Content-Encoding': 'gzip' }), 'refused', /more than/],
    ['nothing for long', () => undefined, 'away', /in time\. Ask for less/],
  ];

  test.each(FAULTS)(
    '%s is told, and logged without what is secret',
    async (what, listener, code, message) => {
      const patience = what === 'nothing for long' ? { timeoutMs: 300 } : {};
      const { history, log } = await startHistory(listener, {
        ...{ login: 'joe:s3cr3t@', maxBytes: 5_000, ...patience },
      });
      for (let time = 0; time < 2; time += 1) {
        await expect(history.read(QUESTION, SOMEBODY)).rejects.toMatchObject({
          code: `history-${code}`,
          message: expect.stringMatching(message),
        });
      }
      expect(log.messages('warn').length).toBeLessThan(2);
      expect(JSON.stringify(log)).not.toContain('s3cr3t');
    },
  );

  test('is over with the next good answer, and the log says so', async () => {
    let isDown = true;
    const { history, log } = await startHistory((request, response) => {
      answering(isDown ? 503 : 200, PROMETHEUS.nothing)(request, response);
    });
    await expect(history.read(QUESTION, SOMEBODY)).rejects.toBeInstanceOf(HistoryAwayError);
    isDown = false;
    const { fields } = await history.read(QUESTION, SOMEBODY);
    expect(fields['readers']).toStrictEqual({
      mean: [null, null, null],
      min: [null, null, null],
      max: [null, null, null],
    });
    expect(log.messages('info')).toStrictEqual(['The engine that keeps history (HISTORY_URL) answers again']);
  });

  test('nobody waits any more: the question is taken back, and no fault is told of', async () => {
    const open = new Set<unknown>();
    const { history, log } = await startHistory((request) => {
      open.add(request);
      request.socket.on('close', () => open.delete(request));
    });
    const leaving = new AbortController();
    const reading = history.read(QUESTION, leaving.signal);
    await eventually(() => {
      expect(open.size).toBe(3);
    });
    const reason = new Error('gone');
    leaving.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await eventually(() => {
      expect(open.size).toBe(0);
    });
    expect(log.messages('warn')).toStrictEqual([]);
  });
});

describe('with Redis beside it', () => {
  const engineless: RequestListener = () => {
    throw new Error('nobody was to ask the engine');
  };

  test('steps that are finer than its scrapes are those of Redis', async () => {
    const { history } = await startHistory(engineless);
    expect([history.finestStepSeconds(600), history.finestStepSeconds(86_400)]).toStrictEqual([1, 15]);
    expect(await history.read({ ...QUESTION, stepSeconds: 10 }, SOMEBODY)).toBe(KEPT);
  });

  test('while Redis is away, this machine’s clock says what time it is', async () => {
    const { history } = await startHistory(engineless);
    expect(await history.nowMs()).toBe(5_000);
    const away = () => Promise.reject(new RedisAwayError('away'));
    const { history: alone } = await startHistory(engineless, { ticks: { nowMs: away } });
    expect(await alone.nowMs()).toBe(Date.parse('2026-11-29T12:00:00.000Z'));
  });

  test('what may still be on its way doesn’t count in short steps', async () => {
    const nowMs = Date.parse('2026-11-29T12:00:00.000Z');
    const values = [60, 40, 20, 0].map((ago) => [nowMs / 1_000 - ago, '1']);
    const body = JSON.stringify({
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: {}, values }] },
    });
    const { history } = await startHistory(answering(200, body));
    const window = { fromMs: nowMs - 80_000, toMs: nowMs, stepSeconds: 20 };
    const { fields } = await history.read({ ...QUESTION, ...window }, SOMEBODY);
    expect(fields['readers']).toMatchObject({ mean: [1, 1, null, null] });
  });
});
