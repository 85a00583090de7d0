import { describe, expect, test } from '@jest/globals';
import { HOST_HEADS, SERVER_HEADS } from '@mediamtx-monitor/runtime';
import {
  MAX_HEAD_BYTES,
  MAX_MESSAGE_BYTES,
  type MessageHead,
  type StreamsHead,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { parseStoredHost, parseStoredServer } from '../../src/tick/stored.ts';
import { type ParsedTick, parseMessage, type Tick } from '../../src/tick/tick.ts';
import { headOf, hostsHeadOf, hostsMessageOf, messageOf, streamOf } from '../publisher.ts';

const HOSTILE_NAMES = [
  '","streams":[',
  'a,"streams":[{"x":1}]}',
  '😀/ÄÖ\u2028',
  '\\"\\\\',
  'x'.repeat(1_000),
  '"}]}',
];

const READ_AT = { redisMs: 1_767_225_600_000, monotonicMs: 5 };

type MaybeParsed = ParsedTick<MessageHead> | undefined;

/** What can stand in JSON as bytes, and in no text. */
const NO_TEXT = Buffer.from([0xff, 0xc3, 0x28]);

/** The bytes of a text in which each `§` is no text. */
function broken(text: string): Buffer {
  return Buffer.concat(
    text.split('§').flatMap((part, n) => [...(n === 0 ? [] : [NO_TEXT]), Buffer.from(part)]),
  );
}

/** Too deep to be written again. */
const NESTED = '['.repeat(9_000) + ']'.repeat(9_000);

function tickOf(parsed: MaybeParsed): Tick {
  if (parsed === undefined || 'rejection' in parsed) throw new Error(`no tick: ${JSON.stringify(parsed)}`);
  return parsed.tick;
}

function reasonOf(parsed: ParsedTick<TopicHead> | undefined): string {
  if (parsed === undefined || 'tick' in parsed) throw new Error('no rejection');
  return parsed.rejection.reason;
}

const fromBytes = (message: Buffer) => parseMessage('streams', SERVER_HEADS, message, { receivedMs: 5 });
const fromMessage = (json: string) => fromBytes(Buffer.from(json));
const ofHostFrom = (message: Buffer) => parseMessage('hosts', HOST_HEADS, message, { receivedMs: 5 });

describe('a message from the channel', () => {
  test.each(HOSTILE_NAMES)('is split where the array begins, whatever a stream is called: %j', (name) => {
    const head = headOf({ source: { status: 'down', error: name, version: null } });
    const streams = [streamOf(name), streamOf('b')];
    const tick = tickOf(fromMessage(messageOf(head, streams)));
    expect(tick.head).toStrictEqual(head);
    expect(tick.array.toString()).toBe(JSON.stringify(streams));
    expect(tick.subject).toBe('main');
    expect(tick.receivedMs).toBe(5);
  });

  test('is passed on as the very bytes that came', () => {
    const message = Buffer.from(messageOf(headOf(), [streamOf('a')]));
    const tick = tickOf(fromBytes(message));
    expect(tick.message?.content.json).toBe(message);
    expect(tick.array.buffer).toBe(message.buffer);
  });

  test('says which streams need attention, in the form that it has to have', () => {
    const reason = { code: 'new', severity: 'grave', measured: 1, limit: null, since: headOf().publishedAt };
    const worst = [{ name: '","streams":[', state: 'new', health: 'ok', reasons: [reason], later: 1 }];
    for (const attention of [null, { count: 0, worst: [] }, { count: 2, worst }]) {
      const head = { ...headOf(), attention };
      expect(tickOf(fromMessage(JSON.stringify({ ...head, streams: [] }))).head).toStrictEqual(head);
    }
    const wrong = { ...headOf(), attention: { count: 1, worst: [{ name: 7 }] } };
    expect(reasonOf(fromMessage(JSON.stringify({ ...wrong, streams: [] })))).toMatch('"attention"');
  });

  test('may have members that this version does not know', () => {
    const head = { ...headOf(), later: { a: 1 } };
    expect(tickOf(fromMessage(messageOf(head))).head).toStrictEqual(head);
  });

  test.each([
    ['nothing', '', 'it holds no array "streams"'],
    ['no JSON', 'hello', 'it holds no array "streams"'],
    ['no head', ',"streams":[]}', 'its head is not JSON'],
    ['another version', messageOf({ ...headOf(), v: 2 as 1 }), 'its head is wrong: "v" must be [1]'],
    ['a bad server id', messageOf(headOf({ server: 'latest' })), 'its head is wrong: 1 to 32 lower-case'],
    ['a number as text', messageOf({ ...headOf(), seq: '1' as unknown as number }), '"seq" must be a number'],
    [
      'its end missing',
      messageOf(headOf(), [streamOf('a')]).slice(0, -9),
      "doesn't end where the message does",
    ],
    ['a head nested without end', messageOf(headOf()).replace('{', `{"x":${NESTED},`), 'nested too deep'],
    [
      'a head without end',
      messageOf({ ...headOf(), x: 'x'.repeat(MAX_HEAD_BYTES) } as StreamsHead),
      'it holds no array',
    ],
    [
      'an epoch that is no whole number',
      messageOf(headOf({ epoch: 1e300 })),
      '"epoch" must be a safe number',
    ],
    [
      'a seq that nobody reaches',
      messageOf(headOf({ seq: 2 ** 53 - 1 })),
      '"seq" must be less than or equal',
    ],
    [
      'an interval that never ends',
      messageOf(headOf({ intervalMs: 1e12 })),
      '"intervalMs" must be less than',
    ],
    ['more after the array', messageOf(headOf()).replace(/}$/, ',"x":1}'), "doesn't end where"],
  ])('with %s is rejected', (_what, json, reason) => {
    expect(reasonOf(fromMessage(json))).toContain(reason);
  });

  test('one that is not text is passed on to nobody: whoever got it over a WebSocket would have to hang up', () => {
    const inHead = headOf({ source: { status: 'up', error: '§', version: null } });
    const head = fromBytes(broken(messageOf(inHead)));
    expect(reasonOf(head)).toBe('its head is not UTF-8');
    expect(tickOf(fromBytes(broken(messageOf(headOf(), [streamOf('§')])))).message).toBeNull();
    const ofHost = ofHostFrom(broken(JSON.stringify({ ...hostsHeadOf(), hosts: [{ host: '§' }] })));
    expect('tick' in ofHost ? ofHost.tick.message : 'rejected').toBeNull();
  });

  test('one of more than 64 MiB is rejected', () => {
    const long = Buffer.alloc(MAX_MESSAGE_BYTES + 1, ' ');
    expect(reasonOf(fromBytes(long))).toBe('it is too long');
  });

  test('the text of a rejection holds nothing of the content, and of a name at most 200 characters', () => {
    const sourceError = { code: 'timeout', values: { ['x'.repeat(1_000)]: '' } } as const;
    expect(reasonOf(fromMessage(messageOf(headOf({ sourceError })))).length).toBe(200);
    expect(reasonOf(fromMessage('{"password":secret,"streams":[]}'))).toBe('its head is not JSON');
  });
});

describe('a value from its key', () => {
  const stored = (meta: string | null, array: string | null, server = 'main') =>
    parseStoredServer(
      {
        subject: server,
        kind: 'read',
        values: {
          meta: meta === null ? null : broken(meta),
          arrays: new Map([['streams', array === null ? null : broken(array)]]),
        },
      },
      READ_AT,
    ).parsed[0];

  test.each(HOSTILE_NAMES)('gives the bytes that the message had: %j', (name) => {
    const head = headOf({ source: { status: 'up', error: name, version: null } });
    const streams = [streamOf(name)];
    const tick = tickOf(stored(JSON.stringify(head), JSON.stringify(streams)));
    expect(tick.message?.content.json.toString()).toBe(messageOf(head, streams));
    expect(tick.message).toBe(tick.message);
    expect(tick.receivedMs).toBeNull();
    expect(tick.readAt).toBe(READ_AT);
    expect(tick.revision).toBe(tickOf(fromMessage(messageOf(head, streams))).revision);
  });

  test.each([
    ['nothing', false],
    ['same', true],
  ] as const)('that is %s brings nothing new', (kind, isThere) => {
    expect(parseStoredServer({ subject: 'b', kind }, READ_AT)).toStrictEqual({
      subject: 'b',
      isThere,
      parsed: [],
    });
  });

  test('that is too long is rejected', () => {
    const { isThere, parsed } = parseStoredServer(
      { subject: 'b', kind: 'unusable', why: 'is too long' },
      READ_AT,
    );
    expect([isThere, reasonOf(parsed[0])]).toStrictEqual([true, 'a value of its keys is too long']);
  });

  test('without meta is a bare array, told apart by its content', () => {
    const tick = tickOf(stored(null, ' [{"name":"a"}]\n'));
    expect(tick.head).toBeNull();
    expect(tick.message).toBeNull();
    expect(tick.hasData).toBe(true);
    expect(tick.array.toString()).toBe(' [{"name":"a"}]\n');
    expect(tick.revision).not.toBe(tickOf(stored(null, '[]')).revision);
    expect(tick.revision).not.toBe(tickOf(stored(null, ' [{"name":"a"}]\n', 'b')).revision);
  });

  test('before the first path list is a snapshot in which nothing is known', () => {
    const head = headOf({ collectedAt: null });
    const tick = tickOf(stored(JSON.stringify(head), null));
    expect(tick.hasData).toBe(false);
    expect(tick.message?.content.json.toString()).toBe(messageOf(head));
  });

  test('with bytes in its array that are no text is passed on to nobody', () => {
    expect(tickOf(stored(JSON.stringify(headOf()), '["§"]')).message).toBeNull();
  });

  test.each([
    ['not an array', null, '{}', 'holds no JSON array'],
    ['half an array', null, '[', 'holds no JSON array'],
    ['blank', null, ' ', 'holds no JSON array'],
    ['empty', null, '', 'holds no JSON array'],
    ['of another server', JSON.stringify(headOf({ server: 'b' })), '[]', 'about server "b"'],
    ['without its array', JSON.stringify(headOf()), null, 'is gone'],
    ['with a broken meta', '{', '[]', 'not JSON'],
    [
      'with bytes in its meta that are no text',
      JSON.stringify(headOf()).replace('main', 'ma§in'),
      '[]',
      'is not UTF-8',
    ],
  ])('%s is rejected', (_what, meta, array, reason) => {
    expect(reasonOf(stored(meta, array))).toContain(reason);
  });
});

describe('of a host', () => {
  const message = Buffer.from(hostsMessageOf(hostsHeadOf({ host: 'media-2' })));

  test('a message is passed on as the very bytes that came', () => {
    const parsed = ofHostFrom(message);
    if ('rejection' in parsed) throw new Error(parsed.rejection.reason);
    const { tick } = parsed;
    expect([tick.topic, tick.subject, tick.receivedMs]).toStrictEqual(['hosts', 'media-2', 5]);
    expect(tick.message?.content.json).toBe(message);
    expect(tick.records).toMatchObject([{ host: 'media-2' }]);
  });

  const stored = (subject: string, values: Buffer) =>
    parseStoredHost({ subject, kind: 'read', values }, READ_AT).parsed[0];

  test('what its key holds is such a message', () => {
    expect(stored('media-2', message)).toMatchObject({
      tick: { subject: 'media-2', receivedMs: null, readAt: READ_AT },
    });
  });

  test.each([
    ['another host', String(message), 'its key is about host "media-2"'],
    ['a server', messageOf(headOf()), 'it holds no array "hosts"'],
    ['no host', hostsMessageOf(hostsHeadOf({ host: 'No Id' })), 'its head is wrong: 1 to 32 lower-case'],
  ])('a key that is about %s is rejected', (_what, text, reason) => {
    expect(reasonOf(stored('media-1', Buffer.from(text)))).toContain(reason);
  });
});
