import { expect, test } from '@jest/globals';
import { Content } from '../../src/feed/content.ts';
import { Message } from '../../src/feed/message.ts';
import { headOf, messageOf, streamOf } from '../publisher.ts';
import { splitFrames } from '../ws/frames.ts';

const HEAD = headOf({ server: 'b', epoch: 5, seq: 7 });
const JSON_TEXT = messageOf(HEAD, [streamOf('ä\n"')]);

function message(json: string): Message {
  return new Message(HEAD, new Content(Buffer.from(json), 'r'));
}

test('its frame holds its JSON, and is made once', () => {
  const made = message(JSON_TEXT);
  expect(splitFrames(made.frame).frames[0]?.payload.toString()).toBe(JSON_TEXT);
  expect(made.frame).toBe(made.frame);
});

test('its compressed frame is there once it was asked for; each who asked is told once', async () => {
  const made = message(JSON_TEXT);
  expect(made.deflatedFrame).toBeUndefined();
  let told = 0;
  const tell = (): void => {
    told += 1;
  };
  const others = [1, 2].map(
    () =>
      new Promise<void>((resolve) => {
        made.deflate(resolve);
      }),
  );
  for (let i = 0; i < 3; i += 1) made.deflate(tell);
  await Promise.all(others);
  const frame = made.deflatedFrame;
  // Had it been begun more than once, it would be made again meanwhile.
  for (let i = 0; i < 5; i += 1) {
    await new Promise<void>((resolve) => {
      message(JSON_TEXT).deflate(resolve);
    });
  }
  expect(told).toBe(1);
  expect(made.deflatedFrame).toBe(frame);
  expect(splitFrames(made.deflatedFrame ?? Buffer.alloc(0)).frames).toMatchObject([{ isDeflated: true }]);
});

test('its event names server, epoch and seq, and its topic', () => {
  const made = message(JSON_TEXT);
  expect(made.event.toString()).toBe(`id: b:5:7\nevent: streams\ndata: ${JSON_TEXT}\n\n`);
  expect(made.event).toBe(made.event);
});

test('line breaks in JSON of others stay out of the event', () => {
  const pretty = JSON.stringify(JSON.parse(JSON_TEXT), undefined, 2).replaceAll('\n', '\r\n');
  const [id, event, data, ...rest] = message(pretty)
    .event.toString()
    .split(/\r\n|\r|\n/);
  expect([id, event, ...rest]).toEqual(['id: b:5:7', 'event: streams', '', '']);
  expect(JSON.parse(data?.slice('data: '.length) ?? '')).toEqual(JSON.parse(JSON_TEXT));
});
