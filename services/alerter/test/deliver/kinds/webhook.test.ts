import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { alert, AT, news, resolved, target } from '../../support/messages.ts';
import { filesOfTest } from '../../support/files.ts';
import { type StandIn, startStandIn } from '../../support/stand-in.ts';
import { tried } from '../../support/tried.ts';

const file = filesOfTest();
const KEYS = [1, 2, 3].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`);
const message = news({ fired: [alert({ id: 'a1' })], resolved: [resolved(alert({ id: 'a2' }))] }, 'msg_7');

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

/** What it got of a try; the wall clock is right, since who verifies looks at it. */
async function sent(secretFile: string | null, wallMs = Date.now()) {
  const to = target('webhook', { url: `${standIn.url}/hook?x=1`, secretFile });
  const result = await tried(to, message, { wallMs: () => wallMs });
  return { result, request: standIn.requests.at(-1) };
}

test('a program gets all of a message as JSON, with the headers of Standard Webhooks', async () => {
  const { result, request } = await sent(null, Date.parse(AT) + 999);
  expect(result.outcome).toBe('delivered');
  expect([request?.method, request?.path, request?.headers['content-type']]).toStrictEqual([
    'POST',
    '/hook?x=1',
    'application/json; charset=utf-8',
  ]);
  expect([request?.headers['webhook-id'], request?.headers['webhook-timestamp']]).toStrictEqual([
    'msg_7',
    String(Date.parse(AT) / 1_000),
  ]);
  expect(request?.headers['webhook-signature']).toBeUndefined();
  const link = 'https://monitor.example.com/?stream=main/studio/cam1';
  expect(JSON.parse(request?.body ?? '')).toStrictEqual({
    type: 'alerts',
    timestamp: AT,
    data: {
      id: 'msg_7',
      target: 'ops',
      goneTarget: null,
      title: 'studio/cam1: Off air; resolved: 1',
      text: expect.stringContaining('It was live'),
      link: 'https://monitor.example.com/?server=main',
      fired: message.fired.map((one) => ({ ...one, link })),
      firedCount: 1,
      repeated: [],
      repeatedCount: 0,
      resolved: message.resolved.map((one) => ({ ...one, link })),
      resolvedCount: 1,
    },
  });
});

test('each secret of the file signs, and any of them verifies; no other does', async () => {
  const [first = '', second = '', third = ''] = KEYS;
  const { request } = await sent(file('two', `${first}\n${second.slice('whsec_'.length)}\n`));
  const { headers = {}, body = '' } = request ?? {};
  const verified = (secret: string): unknown =>
    new Webhook(secret).verify(body, {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    });
  expect(verified(first)).toStrictEqual(JSON.parse(body));
  expect(verified(second)).toStrictEqual(JSON.parse(body));
  expect(() => verified(third)).toThrow('No matching signature found');
  expect(String(headers['webhook-signature'])).toMatch(/^v1,[\w+/=]{44} v1,[\w+/=]{44}$/);
});

test('a repeat has the same id and content, and a time and signature of its own', async () => {
  const secretFile = file('one', KEYS[0] ?? '');
  const [first, second] = [
    await sent(secretFile, 1_000_000_000_000),
    await sent(secretFile, 1_000_000_060_000),
  ];
  expect(second.request?.body).toBe(first.request?.body);
  expect(second.request?.headers['webhook-id']).toBe(first.request?.headers['webhook-id']);
  expect([first, second].map(({ request }) => request?.headers['webhook-timestamp'])).toStrictEqual([
    '1000000000',
    '1000000060',
  ]);
  expect(second.request?.headers['webhook-signature']).not.toBe(first.request?.headers['webhook-signature']);
});

test.each([
  ['short', `whsec_${Buffer.alloc(23, 1).toString('base64')}`],
  ['long', `whsec_${Buffer.alloc(65, 1).toString('base64')}`],
  ['no base64', 'correct horse battery staple, again and again'],
])('a secret that is %s isn’t sent anywhere', async (_what, secret) => {
  const before = standIn.requests.length;
  const { result } = await sent(file('wrong', secret));
  expect(result).toMatchObject({
    outcome: 'failed',
    error: expect.stringMatching(/^secretFile has to hold whsec_/),
  });
  expect([standIn.requests.length, result.error?.includes(secret)]).toStrictEqual([before, false]);
});

test.each([
  ['test', 'alerts.test', null],
  ['gone', 'target.gone', 'chat'],
] as const)('%s has a type of its own', async (kind, type, goneTarget) => {
  await tried(target('webhook', { url: standIn.url }), { ...news({}), kind, goneTarget });
  expect(JSON.parse(standIn.requests.at(-1)?.body ?? '')).toMatchObject({ type, data: { goneTarget } });
});
