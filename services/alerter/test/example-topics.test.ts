import { expect, test } from '@jest/globals';
import { exampleTopicWarnings } from '../src/example-topics.ts';
import { targetIn } from './support/notify-file.ts';

const warningsOf = (url: string, kind = 'ntfy') =>
  exampleTopicWarnings([targetIn(`name: phone, kind: ${kind}, url: "${url}"`)]);

test.each(['https://ntfy.sh/mediamtx-h7Qe2xWnR4', 'https://ntfy.sh/choose-a-name-that-nobody-guesses/'])(
  'whoever takes the topic of the documents is told that everybody reads it: %s',
  (url) => {
    expect(warningsOf(url)).toStrictEqual([
      expect.stringMatching(/^target phone tells everybody: its topic is the example of the documents;/),
    ]);
  },
);

test('a topic of one’s own is fine, and so is what is no topic', () => {
  expect(warningsOf('https://ntfy.sh/mediamtx-81a7c3')).toStrictEqual([]);
  expect(warningsOf('https://hooks.example/mediamtx-h7Qe2xWnR4', 'webhook')).toStrictEqual([]);
});
