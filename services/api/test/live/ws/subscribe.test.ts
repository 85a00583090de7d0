import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES, MAX_GLOB_LENGTH } from '@mediamtx-monitor/types';
import { errorMessageSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import { readMessage } from '../../../src/live/ws/messages.ts';
import { connectClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { swept } from './live.ts';
import { connectRaw } from './raw.ts';
import { serving } from './serving.ts';

const SUBSCRIBE = JSON.stringify({ action: 'subscribe' });

describe('a client that subscribes', () => {
  test('is told the newest at once, and from then on only what it asks for now', async () => {
    const { url, publish } = await serving(['b', 'main']);
    const client = await connectClient(url, '?server=b&topics=connections');
    const asked = { action: 'subscribe', server: 'main', topics: ['streams'], stream: 'cam/**' };
    client.socket.send(JSON.stringify(asked));
    await eventually(() => {
      expect(client.short()).toStrictEqual(['b connections 1', 'b fresh', 'main 1', 'main fresh']);
    });
    expect(client.messages[2]).not.toContain('sport');
    await publish('b', 2);
    await publish('main', 2);
    await eventually(() => {
      expect(client.short().slice(4)).toStrictEqual(['main 2']);
    });
    client.socket.send(SUBSCRIBE);
    await eventually(() => {
      expect(client.short().slice(5)).toStrictEqual(['b 2', 'main 2', 'b fresh', 'main fresh']);
    });
  });

  test('may send its message in pieces, with a ping in between', async () => {
    const { url } = await serving(['main']);
    const client = await connectRaw(url, { path: '/ws?server=none' });
    client.socket.write(clientFrame({ opcode: OPCODES.text, payload: SUBSCRIBE.slice(0, 9), isLast: false }));
    client.socket.write(clientFrame({ opcode: OPCODES.ping, payload: 'x' }));
    client.socket.write(clientFrame({ opcode: OPCODES.continuation, isLast: false }));
    client.socket.write(clientFrame({ opcode: OPCODES.continuation, payload: SUBSCRIBE.slice(9) }));
    await eventually(() => {
      expect(client.frames().map(({ opcode }) => opcode)).toStrictEqual([
        OPCODES.pong,
        OPCODES.text,
        OPCODES.text,
      ]);
    });
  });
});

describe('a message that is not understood', () => {
  const wrong = [
    ["isn't JSON", ''],
    ["isn't JSON", 'subscribe'],
    ['is binary', Buffer.from(SUBSCRIBE)],
    ['is binary', Buffer.from([])],
    ['"action" is required', '{}'],
    ['must be of type object', 'null'],
    ['must be of type object', '[]'],
    ['must be of type object', '7'],
    ['"action" must be [subscribe]', '{"action":"unsubscribe"}'],
    ['"stream" must be a string', '{"action":"subscribe","stream":["cam"]}'],
    ['"stream" is not allowed to be empty', '{"action":"subscribe","stream":""}'],
    ['"topics"', '{"action":"subscribe","topics":[]}'],
    ['"topics', '{"action":"subscribe","topics":["streams","streams"]}'],
    ['"topics', '{"action":"subscribe","topics":["weather"]}'],
    ['"topics" must be an array', '{"action":"subscribe","topics":"streams"}'],
    ['"server"', '{"action":"subscribe","server":"LATEST"}'],
    ['"label" must be an array', '{"action":"subscribe","label":"site:north"}'],
    ['"label[0]" must be name:value', '{"action":"subscribe","label":["site"]}'],
    ['"topic" is not allowed', '{"action":"subscribe","topic":"streams"}'],
    ['"constructor" is not allowed', '{"action":"subscribe","constructor":{}}'],
    ['x', JSON.stringify({ action: 'subscribe', ['x'.repeat(10_000)]: 1 })],
    ['"stream"', JSON.stringify({ action: 'subscribe', stream: 'x'.repeat(MAX_GLOB_LENGTH + 1) })],
    ['"stream" has more than 16', JSON.stringify({ action: 'subscribe', stream: '*a'.repeat(17) })],
    ['must be of type object', `${'['.repeat(8_000)}${']'.repeat(8_000)}`],
  ] as const;

  test.each(wrong)('is answered (%s), and the client sent away', async (reason, message) => {
    const { url, sockets } = await serving();
    const client = await connectClient(url);
    client.socket.send(message);
    client.socket.send(message);
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(client.messages).toHaveLength(1);
    const error: unknown = JSON.parse(client.messages[0] ?? '');
    expect(errorMessageSchema.validate(error).error).toBeUndefined();
    const { code, detail } = error as { code: string; detail: string };
    expect(code).toBe('bad-message');
    expect(detail).toContain(reason);
    expect(detail).toContain('Allowed is text like {"action":"subscribe"');
    expect(detail.length).toBeLessThan(600);
    await eventually(() => {
      expect(sockets.stats.clients).toBe(0);
    });
  });

  test('is answered once; nothing comes after the close frame', async () => {
    const { url } = await serving(['main']);
    const client = await connectRaw(url, { path: '/ws?server=none' });
    const wrong = clientFrame({ opcode: OPCODES.text, payload: 'x' });
    client.socket.write(
      Buffer.concat([wrong, wrong, clientFrame({ opcode: OPCODES.text, payload: SUBSCRIBE })]),
    );
    await eventually(() => {
      expect(client.closeCode()).toBe(CLOSE_CODES.badMessage);
    });
    await swept();
    expect(client.frames().map(({ opcode }) => opcode)).toStrictEqual([OPCODES.text, OPCODES.close]);
  });

  test('with a prototype of its own gains nothing by it', () => {
    const text = '{"action":"subscribe","__proto__":{"server":"b","stream":5}}';
    expect(readMessage(Buffer.from(text), false)).toStrictEqual({
      filter: {
        ...{ topics: ['streams'], servers: undefined, label: undefined },
        ...{ stream: undefined, cursor: undefined },
      },
    });
  });

  test('is never more than that, whatever it is', () => {
    const member = fc.oneof(fc.constantFrom('action', 'topics', 'server', 'stream'), fc.string());
    const value = fc.oneof(fc.constantFrom('subscribe', ['streams'], 'main', 'a*'), fc.jsonValue());
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.dictionary(member, value).map((object) => JSON.stringify(object)),
    );
    const check = (message: string): void => {
      const reading = readMessage(Buffer.from(message), false);
      if ('mistake' in reading) expect(reading.mistake.length).toBeLessThan(600);
      else expect(reading.filter.topics.length).toBeGreaterThan(0);
    };
    fc.assert(fc.property(text, check), { numRuns: 3_000 });
  });
});

describe('a client that sends too much', () => {
  test('11 messages in a second are one too many', async () => {
    const { url } = await serving(['main']);
    const client = await connectClient(url);
    for (let i = 1; i <= 30; i += 1) client.socket.send(SUBSCRIBE);
    expect(await client.closed).toBe(CLOSE_CODES.tooManyMessages);
    // On connect and after each of ten messages: a tick and a status.
    expect(client.messages).toHaveLength(23);
    const error: unknown = JSON.parse(client.messages.at(-1) ?? '');
    expect(errorMessageSchema.validate(error).error).toBeUndefined();
    expect(error).toMatchObject({ code: 'too-many-messages', detail: expect.stringContaining('at most 10') });
  });

  test('10 in each second are not', async () => {
    const { url, clock } = await serving(['main']);
    const client = await connectClient(url);
    for (const second of [0, 1, 2]) {
      for (let i = 1; i <= 10; i += 1) client.socket.send(SUBSCRIBE);
      await eventually(() => {
        expect(client.messages).toHaveLength(2 + 20 * (second + 1));
      });
      clock.advance(1_000);
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  test.each(['ping', 'pong'] as const)('%ss count too', async (kind) => {
    const { url } = await serving();
    const client = await connectRaw(url);
    for (let i = 1; i <= 11; i += 1)
      client.socket.write(clientFrame({ opcode: OPCODES[kind], payload: 'x' }));
    await eventually(() => {
      expect(client.closeCode()).toBe(CLOSE_CODES.tooManyMessages);
    });
    const pongs = client.frames().filter(({ opcode }) => opcode === OPCODES.pong);
    expect(pongs.length).toBeLessThanOrEqual(11);
  });

  test('more than 16 KiB at once is cut off, and nobody else notices', async () => {
    const { url, sockets, lines } = await serving(['main']);
    const [loud, quiet] = [await connectClient(url), await connectClient(url)];
    loud.socket.send('x'.repeat(16 * 1024 + 1));
    expect(await loud.closed).toBe(1009);
    await eventually(() => {
      expect(sockets.stats.clients).toBe(1);
    });
    expect(quiet.socket.readyState).toBe(quiet.socket.OPEN);
    expect(lines.filter((line) => /^(warn|error)/.test(line))).toStrictEqual([]);
  });
});
