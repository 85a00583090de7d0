import { describe, expect, test } from '@jest/globals';
import { createFormat } from '../../src/i18n/format.ts';
import { storyChain, storySubject } from '../../src/i18n/story-text.ts';
import { storiesOf } from '../../src/model/stories.ts';
import { notBackCount, streamCount } from '../../src/model/story.ts';
import { happened, second } from '../support/happened.ts';
import { only, short, told } from '../support/told-stories.ts';
import { TEXTS } from '../support/texts.ts';

const gone = (stream: string, seconds: number, changes: object = {}) =>
  happened('stream.offline', seconds, { stream, ...changes });
const back = (stream: string, seconds: number) => happened('stream.online', seconds, { stream });
const FOUR = [gone('a', 1), gone('b', 2), gone('c', 9), gone('d', 16)];

describe('streams of a server that go at the same time, though nothing is told of it', () => {
  test('are one story with a count, which is over when all are back', () => {
    const open = only(...FOUR, back('a', 30));
    expect([short(open).course, streamCount(open), notBackCount(open)]).toStrictEqual(['open', 4, 3]);
    const over = only(...FOUR, back('a', 30), back('b', 31), back('d', 50), back('c', 33));
    expect(short(over)).toStrictEqual({ kind: 'outages', course: 'over', from: 1, to: 50, types: '' });
    expect([over.severity, over.lastedMs, over.parts.map(({ stream }) => stream)]).toStrictEqual([
      'warning',
      49_000,
      ['a', 'b', 'c', 'd'],
    ]);
  });

  test('are told as that', () => {
    const story = only(...FOUR, ...['a', 'b', 'c', 'd'].map((stream) => back(stream, 50)));
    const words = { texts: TEXTS.en, format: createFormat('en-GB') };
    expect(storySubject(story, words, false)).toBe('Server main');
    expect(storyChain(story, words, Date.parse(second(0))).map(({ text }) => text)).toStrictEqual([
      'several streams went at the same time',
      'all back, after 49 s',
    ]);
  });

  test('how those ended of which events were lost isn’t known', () => {
    const lost = happened('events.trimmed', 60, { since: second(55), until: second(59) });
    const stories = storiesOf([...FOUR, back('a', 30), lost]);
    expect(stories.map(({ course }) => course)).toStrictEqual(['over', 'lost']);
  });

  test('are not fewer, not those of other servers or of another time, nor such as nobody minds', () => {
    expect(told(...FOUR.slice(1))).toHaveLength(3);
    expect(told(...FOUR.slice(1), gone('d', 16, { stream: 'e', server: 'north' }))).toHaveLength(4);
    expect(told(...FOUR.slice(0, 3), gone('d', 16.1))).toHaveLength(4);
    expect(told(...FOUR.slice(1), gone('a', 20, { severity: 'info' }))).toHaveLength(4);
    // One that goes and comes isn't many.
    const flapping = [1, 3, 5, 7].flatMap((at) => [gone('a', at), back('a', at + 1)]);
    expect(told(...flapping)).toHaveLength(4);
  });
});
