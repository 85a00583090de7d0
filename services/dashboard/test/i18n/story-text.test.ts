import { expect, test } from '@jest/globals';
import { createFormat } from '../../src/i18n/format.ts';
import { storyChain, storyCourse } from '../../src/i18n/story-text.ts';
import { happened, second } from '../support/happened.ts';
import { only } from '../support/told-stories.ts';
import { TEXTS } from '../support/texts.ts';

const words = { texts: TEXTS.en, format: createFormat('en-GB') };
const back = (changes: object) => {
  const story = only(happened('stream.offline', 0), happened('stream.online', 69, changes));
  const last = storyChain(story, words, Date.parse(second(0))).at(-1);
  return `${last?.time ?? ''} ${last?.text ?? ''}`;
};

test('a return that MediaMTX dates is told with that time, and how long it took', () => {
  expect(back({ since: second(66), unseenSince: second(60) })).toMatch(/^\d\d:01:06 back, gap 1 min 6 s$/);
  expect(back({})).toMatch(/^\d\d:01:09 back, gap 1 min 9 s$/);
});

test('one that nobody saw was by then, and took no longer', () => {
  expect(back({ unseenSince: second(60) })).toMatch(/^by \d\d:01:09 back, gap 1 min 9 s at most$/);
});

test('an alert of its own begins with its trouble, by which its length counts', () => {
  const reasons = [{ code: 'cpu-high', severity: 'warning' }];
  const firing = happened('alert.firing', 40, {
    stream: undefined,
    server: '',
    host: 'box',
    since: second(10),
    reasons,
  });
  const story = only(firing);
  const told = storyChain(story, words, Date.parse(second(0))).map(
    ({ time, text }) => `${time.slice(-5)} ${text}`,
  );
  expect(told).toStrictEqual([
    `00:10 ${TEXTS.en.story.reasonNames['cpu-high']}`,
    `00:40 ${TEXTS.en.story.firing(TEXTS.en.story.reasonNames['cpu-high'])}`,
  ]);
  expect(storyCourse(story, words, { ms: Date.parse(second(70)), isNow: true })).toContain('1 min');
});
