import { afterEach, describe, expect, test } from '@jest/globals';
import type { Target, TargetMessage } from '../../../src/model.ts';
import { alert, news, reason, resolved, stream, target } from '../../support/messages.ts';
import { filesOfTest } from '../../support/files.ts';
import { type GotRequest, type StandIn, startStandIn } from '../../support/stand-in.ts';
import { tried } from '../../support/tried.ts';

const file = filesOfTest();
const HOSTILE = '<!channel> @everyone *a*_b_`c`~d~ [x](http://e.example) & <@U1> ||s|| \u202Egnp';
const fired = news({ fired: [alert({ reasons: [reason({ detail: HOSTILE })], subject: stream(HOSTILE) })] });
const many = news({
  fired: Array.from({ length: 500 }, () => alert({ subject: stream('*_~<&@'.repeat(100)) })),
  repeated: Array.from({ length: 500 }, () => alert({ subject: stream('*_~<&@'.repeat(100)) })),
  resolved: Array.from({ length: 500 }, () => resolved(alert({ subject: stream('ß'.repeat(200)) }))),
});
/** Of what there may be to tell: its beginning, its end, much of it, a test, that another is gone. */
const MESSAGES: readonly TargetMessage[] = [
  fired,
  news({ resolved: [resolved(alert())] }),
  many,
  { ...news({}), kind: 'test' },
  { ...news({}), kind: 'gone', goneTarget: HOSTILE },
  news({}),
];

let standIn: StandIn | undefined;
afterEach(async () => {
  await standIn?.close();
});

type BodyCheck = (request: GotRequest, body: Readonly<Record<string, unknown>>) => string | undefined;

/** Sends all kinds of messages to a stand-in that takes only what is documented; gives the JSON it got. */
async function taken(
  check: BodyCheck,
  targetAt: (url: string) => Target,
  answer: (wrong: string | undefined) => readonly [status: number, body: string],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const wrongs: string[] = [];
  const got = await startStandIn((response, request) => {
    const body = JSON.parse(request.body) as Readonly<Record<string, unknown>>;
    const wrong =
      request.method === 'POST' && request.headers['content-type']?.startsWith('application/json') === true
        ? check(request, body)
        : 'no JSON by POST';
    if (wrong !== undefined) wrongs.push(wrong);
    const [status, text] = answer(wrong);
    response.writeHead(status).end(text);
  });
  standIn = got;
  for (const message of MESSAGES) {
    const { outcome, error } = await tried(targetAt(got.url), message);
    expect([outcome, error, wrongs]).toStrictEqual(['delivered', null, []]);
  }
  return got.requests.map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);
}

const unknownIn = (body: object, known: readonly string[]): string | undefined =>
  Object.keys(body).find((name) => !known.includes(name));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

describe('Slack', () => {
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  const check: BodyCheck = ({ path }, body) => {
    const unknown = unknownIn(body, ['text', 'mrkdwn', 'unfurl_links', 'unfurl_media']);
    if (unknown !== undefined) return `unknown: ${unknown}`;
    if (path !== '/services/T0/B0/x') return `path ${path}`;
    const text = textOf(body['text']);
    if (text === '' || text.length > 4_000) return `${text.length} characters`;
    if (/[<>]|&(?!(amp|lt|gt);)/.test(text)) return 'not escaped';
    return body['mrkdwn'] === false ? undefined : 'formatted';
  };

  test('gets what it documents, and nobody can be mentioned', async () => {
    const bodies = await taken(
      check,
      (url) => target('slack', { urlFile: file('slack', `${url}/services/T0/B0/x\n`) }),
      (wrong) => (wrong === undefined ? [200, 'ok'] : [400, 'invalid_payload']),
    );
    expect(textOf(bodies[0]?.['text'])).toContain(
      '🔴 &lt;!channel&gt; @everyone *a*_b_`c`~d~ [x](http://e.example) &amp; &lt;@U1&gt; ||s|| gnp: Off air\n',
    );
    expect(textOf(bodies[1]?.['text'])).toMatch(/^🟢 Resolved: studio\/cam1\n/);
    expect(textOf(bodies[1]?.['text'])).toMatch(
      /\nhttps:\/\/monitor\.example\.com\/\?stream=main\/studio\/cam1$/,
    );
  });
});

describe('Discord', () => {
  // https://docs.discord.com/developers/resources/webhook#execute-webhook
  const check: BodyCheck = ({ path }, body) => {
    const unknown = unknownIn(body, ['content', 'allowed_mentions', 'flags']);
    if (unknown !== undefined) return `unknown: ${unknown}`;
    if (path !== '/api/webhooks/1/token?thread_id=5&wait=true') return `path ${path}`;
    const content = textOf(body['content']);
    if (content === '' || content.length > 2_000) return `${content.length} characters`;
    if (JSON.stringify(body['allowed_mentions']) !== '{"parse":[]}') return 'mentions';
    return body['flags'] === 4 ? undefined : 'flags';
  };

  test('gets what it documents, and names are no Markdown', async () => {
    const bodies = await taken(
      check,
      (url) => target('discord', { urlFile: file('discord', `${url}/api/webhooks/1/token?thread_id=5`) }),
      (wrong) => (wrong === undefined ? [200, '{"id":"1"}'] : [400, '{"code":50035}']),
    );
    expect(textOf(bodies[0]?.['content']).split('\n')[0]).toBe(
      '**🔴 \\<!channel\\> \\@everyone \\*a\\*\\_b\\_\\`c\\`\\~d\\~ \\[x\\]\\(http\\://e.example\\) & \\<\\@U1\\> \\|\\|s\\|\\| gnp: Off air**',
    );
    const [, , much] = bodies;
    expect(textOf(much?.['content'])).toMatch(/\n…\nhttps:\/\/monitor\.example\.com\/\?server=main$/);
  });
});

describe('Telegram', () => {
  // https://core.telegram.org/bots/api#sendmessage
  const check: BodyCheck = ({ path }, body) => {
    const unknown = unknownIn(body, ['chat_id', 'text', 'link_preview_options']);
    if (unknown !== undefined) return `unknown: ${unknown}`;
    if (path !== '/bot123:AbC-_9/sendMessage') return `path ${path}`;
    const text = textOf(body['text']);
    if (text === '' || text.length > 4_096) return `${text.length} characters`;
    if (/@\w/.test(text)) return 'a mention';
    if (body['chat_id'] !== '-1001') return 'chat_id';
    return JSON.stringify(body['link_preview_options']) === '{"is_disabled":true}' ? undefined : 'a preview';
  };
  const at = (url: string, secret = '123:AbC-_9'): Target =>
    target('telegram', { url, chat: '-1001', secretFile: file('telegram', secret) });

  async function answered(status: number, body: string) {
    const got = await startStandIn((response) => {
      response.writeHead(status).end(body);
    });
    standIn = got;
    return tried(at(got.url), fired);
  }

  test('gets what it documents', async () => {
    const bodies = await taken(check, at, (wrong) =>
      wrong === undefined ? [200, '{"ok":true,"result":{}}'] : [400, '{"ok":false}'],
    );
    expect(textOf(bodies[1]?.['text'])).toMatch(/^🟢 Resolved: studio\/cam1\n/);
  });

  test('has taken a message only where it says so', async () => {
    for (const body of ['{"ok":false}', '{}', 'null', '<html>', '']) {
      expect(await answered(200, body)).toMatchObject({
        outcome: 'failed',
        error: 'it answered without saying that it took the message',
      });
      await standIn?.close();
    }
  });

  test('says in its answer how long it isn’t to be asked', async () => {
    const result = await answered(429, '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}');
    expect(result).toMatchObject({ outcome: 'failed', retryAfterMs: 35_000 });
  });

  test('is told that it refuses without the token or what it says', async () => {
    const { error } = await answered(403, '{"ok":false,"description":"bot was blocked"}');
    expect(error).toBe(
      `${standIn?.host ?? ''} answered with 403: check the token in secretFile, chat, and whether the bot may write there`,
    );
  });

  test.each(['../../x', '123', '123:a/b', 'abc:def'])('a token like %s gets nowhere', async (secret) => {
    const { outcome, error } = await tried(at('http://127.0.0.1:1', secret), fired);
    expect([outcome, error]).toStrictEqual([
      'failed',
      'secretFile has to hold the token that BotFather gave for the bot',
    ]);
  });
});

describe('ntfy', () => {
  // https://docs.ntfy.sh/publish/#publish-as-json
  const check: BodyCheck = ({ path, headers }, body) => {
    const names = ['topic', 'title', 'message', 'priority', 'tags', 'click', 'sequence_id'];
    const unknown = unknownIn(body, names);
    if (unknown !== undefined) return `unknown: ${unknown}`;
    if (path !== '/ntfy/') return `path ${path}`;
    if (headers.authorization !== 'Bearer tk_1') return 'no token';
    if (body['topic'] !== 'my-topic_1') return 'topic';
    const message = textOf(body['message']);
    if (message === '' || Buffer.byteLength(message) > 4_096) return `${message.length} characters`;
    if (textOf(body['title']) === '' || textOf(body['title']).includes('\n')) return 'title';
    if (!Number.isInteger(body['priority']) || Number(body['priority']) < 1 || Number(body['priority']) > 5)
      return 'priority';
    if (!/^[-\w]{1,64}$/.test(textOf(body['sequence_id']))) return 'sequence_id';
    return Array.isArray(body['tags']) ? undefined : 'tags';
  };

  test('gets what it documents, by how urgent it is', async () => {
    const secretFile = file('ntfy', 'tk_1');
    const bodies = await taken(
      check,
      (url) => target('ntfy', { url: `${url}/ntfy/my-topic_1/`, secretFile }),
      (wrong) => (wrong === undefined ? [200, '{}'] : [400, '{"code":40001}']),
    );
    expect(bodies[1]).toStrictEqual({
      topic: 'my-topic_1',
      title: 'Resolved: studio/cam1',
      message: expect.stringMatching(/^It was: Off air\n/),
      priority: 3,
      tags: ['white_check_mark'],
      click: 'https://monitor.example.com/?stream=main/studio/cam1',
      sequence_id: 'msg-1',
    });
    expect(bodies.map(({ priority }) => priority)).toStrictEqual([5, 3, 5, 3, 3, 3]);
    expect(bodies[0]?.['title']).toBe(`${HOSTILE.replace('\u202E', '')}: Off air`);
  });

  test('a token that can’t stand in a header gets nowhere', async () => {
    const to = target('ntfy', { url: 'http://127.0.0.1:1/a', secretFile: file('odd', 'tk ü') });
    const { error } = await tried(to, fired);
    expect(error).toBe('secretFile has to hold a token of printable ASCII, without spaces');
  });

  test('an address without a topic gets nowhere', async () => {
    const { error } = await tried(target('ntfy', { url: 'https://ntfy.sh/' }), fired);
    expect(error).toBe('its address has to end with a topic, as in https://ntfy.sh/my-topic');
  });
});
