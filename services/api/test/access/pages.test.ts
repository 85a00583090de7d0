import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { ask } from '../http/ask.ts';
import { answerOf, BEHIND_PROXY, expectRefusal } from './asking.ts';
import { startGate } from './bench.ts';

describe('what holds no data', () => {
  const FOREIGN = { Origin: 'http://evil.example', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' };

  test.each(['/', '/?search=a', '/assets/index-12345678.js', '/healthz', '/api/docs', '/api/docs/start.js'])(
    '%s is served to any page, under any host',
    async (path) => {
      for (const API_TOKENS of [[], [`a:${'0'.repeat(64)}`]]) {
        const { url } = await startGate({ API_TOKENS });
        for (const headers of [FOREIGN, { Host: 'evil.example' }, { ...FOREIGN, Host: 'evil.example' }]) {
          const answer = await ask(supertest(url).get(path).set(headers));
          expect(answer.status).toBe(200);
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        }
      }
    },
  );

  test('is within the limit all the same', async () => {
    const { url } = await startGate({ ...BEHIND_PROXY, MAX_REQUESTS_PER_MINUTE: 1 });
    await ask(supertest(url).get('/'));
    expectRefusal(await ask(supertest(url).get('/')), 429, 'too-many-requests');
  });
});

describe('what a browser says of the page that asks', () => {
  const page = (site: string, mode: string, dest: string) => ({
    'Sec-Fetch-Site': site,
    'Sec-Fetch-Mode': mode,
    'Sec-Fetch-Dest': dest,
  });

  test.each([
    ['an image', page('cross-site', 'no-cors', 'image')],
    ['a script', page('cross-site', 'no-cors', 'script')],
    ['an image of a neighbour', page('same-site', 'no-cors', 'image')],
    ['a frame', page('cross-site', 'navigate', 'iframe')],
    ['an embedded object', page('cross-site', 'navigate', 'object')],
    ['a request that says nothing of its kind', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a site nobody has heard of', page('somewhere', 'no-cors', 'image')],
    ['two sites', page('cross-site, same-origin', 'no-cors', 'image')],
  ])('%s on a page of elsewhere gets nothing, though it names no origin', async (_what, headers) => {
    for (const settings of [{}, { ALLOWED_ORIGINS: ['https://wall.example'] }]) {
      expectRefusal(await answerOf(settings, { headers }), 403, 'forbidden-origin');
    }
  });

  test.each([
    ['this service’s own page', page('same-origin', 'cors', 'empty')],
    ['who types the address', page('none', 'navigate', 'document')],
    ['who follows a link of another page', page('cross-site', 'navigate', 'document')],
  ])('%s is answered', async (_what, headers) => {
    expect((await answerOf({}, { headers })).status).toBe(200);
  });

  test('a link sends nothing', async () => {
    const headers = page('cross-site', 'navigate', 'document');
    expectRefusal(await answerOf({}, { method: 'post', headers }), 403, 'forbidden-origin');
    const Origin = 'http://evil.example';
    const asked = { headers: { ...headers, Origin } };
    expectRefusal(await answerOf({}, asked), 403, 'forbidden-origin');
  });

  test('a page that is allowed may ask from anywhere', async () => {
    const headers = { ...page('cross-site', 'cors', 'empty'), Origin: 'https://wall.example' };
    expect((await answerOf({ ALLOWED_ORIGINS: ['https://wall.example'] }, { headers })).status).toBe(200);
  });

  test('its own page is known behind a proxy that makes another host of it', async () => {
    const headers = { ...page('same-origin', 'cors', 'empty'), Origin: 'https://monitor.example' };
    expect((await answerOf({}, { method: 'post', headers })).status).toBe(200);
    // Under http to another machine browsers don't say it.
    const { Origin } = headers;
    const refused = await answerOf({}, { headers: { Origin } });
    expectRefusal(refused, 403, 'forbidden-origin');
    expect(refused.body).toMatchObject({
      detail: expect.stringMatching(
        /^A page of https:\/\/monitor\.example asks, and this service was asked as 127\.0\.0\.1:\d+\..*proxy_set_header Host \$http_host.*ALLOWED_ORIGINS/,
      ),
    });
  });

  test('a stranger’s name is a stranger’s all the same', async () => {
    const headers = { ...page('same-origin', 'cors', 'empty'), Host: 'evil.example' };
    expectRefusal(await answerOf({}, { headers }), 403, 'forbidden-host');
  });
});

describe('pages without an origin of their own', () => {
  test.each(['null', 'file://'])('%s is let in where it is allowed', async (Origin) => {
    const asked = { headers: { Origin, 'Sec-Fetch-Site': 'cross-site' } };
    const answer = await answerOf({ ALLOWED_ORIGINS: [Origin] }, asked);
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': Origin } });
    expectRefusal(await answerOf({ ALLOWED_ORIGINS: ['http://a.example'] }, asked), 403, 'forbidden-origin');
  });
});
