import { describe, expect, test } from '@jest/globals';
import { inflateRawSync, constants } from 'node:zlib';
import { Compressions } from '../../src/tick/compressions.ts';
import { Message } from '../../src/tick/message.ts';
import { headOf, messageOf, streamOf } from '../publisher.ts';
import { OPCODES, splitFrames } from '../live/ws/frames.ts';

const HEAD = headOf({ server: 'b', epoch: 5, seq: 7 });
const JSON_TEXT = messageOf(HEAD, [streamOf('ä\n"')]);
const LARGE = Array.from({ length: 100 }, (_, n) => Buffer.from(`${n}`.padStart(3_000, 'ä')));

const OF = { type: HEAD.type, id: 'b:5:7' };

const whole = (json: string): Message =>
  new Message({ ...OF, parts: [Buffer.from(json)], clients: () => Infinity, replaces: 'streams b' });
const partial = (parts: readonly Buffer[], clients = 1): Message =>
  new Message({ ...OF, parts, clients: () => clients });
const framesIn = (bytes: Buffer = Buffer.alloc(0)) => splitFrames(bytes).frames;
const deflated = (message: Message): Promise<void> =>
  new Promise((resolve) => {
    message.deflate(new Compressions(), { isWaiting: () => true, onDone: resolve });
  });

test('its frame holds its JSON, and is made once', () => {
  const message = whole(JSON_TEXT);
  const [frame, ...others] = framesIn(message.frame);
  expect(others).toStrictEqual([]);
  expect(frame).toMatchObject({ opcode: OPCODES.text, isLast: true, isDeflated: false });
  expect(frame?.payload.toString()).toBe(JSON_TEXT);
  expect(message.frame).toBe(message.frame);
});

test('its compressed frame is there once it was asked for', async () => {
  const message = whole(JSON_TEXT);
  expect(message.deflatedFrame).toBeUndefined();
  await deflated(message);
  const [{ payload, isDeflated } = { payload: '', isDeflated: false }] = framesIn(message.deflatedFrame);
  expect(isDeflated).toBe(true);
  expect(inflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(JSON_TEXT);
});

test('its event names its id and type', () => {
  const message = whole(JSON_TEXT);
  expect(message.event?.toString()).toBe(`id: b:5:7\nevent: streams\ndata: ${JSON_TEXT}\n\n`);
  expect(message.event).toBe(message.event);
});

test('of no id it is an event without one, and of one client', () => {
  const message = new Message({ type: 'status', parts: [Buffer.from('{}')] });
  expect(message.event?.toString()).toBe('event: status\ndata: {}\n\n');
  expect(message.isShared).toBe(false);
});

test('that everyone gets is joined once, and served over HTTP as it is', () => {
  const parts = ['{"a":', '1', '}'].map((part) => Buffer.from(part));
  const message = new Message({ ...OF, parts, clients: () => Infinity, replaces: 'streams b' });
  expect(message.json().toString()).toBe('{"a":1}');
  expect(message.json()).toBe(message.json());
  expect(message.content.json).toBe(message.json());
  expect(message.content).toBe(message.content);
});

test('line breaks in JSON of others stay out of the event', () => {
  const pretty = JSON.stringify(JSON.parse(JSON_TEXT), undefined, 2).replaceAll('\n', '\r\n');
  const [id, event, data, ...rest] =
    whole(pretty)
      .event?.toString()
      .split(/\r\n|\r|\n/) ?? [];
  expect([id, event, ...rest]).toStrictEqual(['id: b:5:7', 'event: streams', '', '']);
  expect(JSON.parse(data?.slice('data: '.length) ?? '')).toStrictEqual(JSON.parse(JSON_TEXT));
});

describe('of many parts', () => {
  test('a small one is as if it were of one', () => {
    const parts = ['{"a":', '1', '}'].map((part) => Buffer.from(part));
    const message = partial(parts);
    expect(message.json().toString()).toBe('{"a":1}');
    expect(framesIn(message.frame).map(({ payload }) => payload.toString())).toStrictEqual(['{"a":1}']);
    expect(message.frame).toBe(message.frame);
    expect(message.event?.toString()).toContain('data: {"a":1}\n\n');
  });

  test('a large one comes in frames that make one message, and in events that make one', () => {
    const message = partial(LARGE);
    const frames = framesIn(Buffer.concat([...message.frames()]));
    const [first, ...others] = frames;
    expect(frames.length).toBeGreaterThan(5);
    expect(first).toMatchObject({ opcode: OPCODES.text, isLast: false });
    expect(others.map(({ opcode }) => opcode)).toStrictEqual(others.map(() => OPCODES.continuation));
    expect(others.map(({ isLast }) => isLast)).toStrictEqual([...others.slice(1).map(() => false), true]);
    expect(Buffer.concat(frames.map(({ payload }) => payload)).equals(Buffer.concat(LARGE))).toBe(true);
    const events = [...message.eventPieces()];
    expect([message.frame, message.event]).toStrictEqual([undefined, undefined]);
    expect(Math.max(...events.map(({ length }) => length))).toBeLessThan(70_000);
    expect(Buffer.concat(events).toString()).toBe(
      `id: b:5:7\nevent: streams\ndata: ${Buffer.concat(LARGE).toString()}\n\n`,
    );
  });

  test('a large one is kept in one piece only for many clients', () => {
    const few = partial(LARGE, 9);
    expect(few.frame).toBeUndefined();
    const many = partial(LARGE, 10);
    expect(framesIn(many.frame)).toHaveLength(1);
    expect(many.frame).toBe(many.frame);
    expect(many.weight).toBeGreaterThan(few.weight + 2 * Buffer.concat(LARGE).length - 1);
  });

  test('it is worth compressing for more than one client', async () => {
    expect([partial(LARGE, 1).isShared, partial(LARGE, 2).isShared, whole('{}').isShared]).toStrictEqual([
      false,
      true,
      true,
    ]);
    const message = partial(LARGE, 2);
    await deflated(message);
    const [{ payload } = { payload: '' }] = framesIn(message.deflatedFrame);
    const text = inflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH });
    expect(text.equals(Buffer.concat(LARGE))).toBe(true);
  });
});
