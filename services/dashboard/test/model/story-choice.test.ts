import { describe, expect, test } from '@jest/globals';
import { streamGlob } from '@mediamtx-monitor/runtime';
import { storiesOf } from '../../src/model/stories.ts';
import {
  chosenStories,
  exactGlob,
  questionsOf,
  questionsOfStream,
  storiesOfStream,
  searchGlob,
  type StoryChoice,
} from '../../src/model/story-choice.ts';
import { happened, second } from '../support/happened.ts';
import { only } from '../support/told-stories.ts';

const ANY: StoryChoice = { kinds: [], severity: [], server: [], q: '' };

describe('the glob of a search', () => {
  test.each([
    ['van', 'van-7', true],
    ['VAN', 'outside/van-7/low', true],
    ['n-7', 'VAN-7', true],
    ['e/v', 'outside/van', true],
    ['van', 'cam', false],
    ['{a,b}*?\\', 'x{A,b}*?\\y', true],
    ['*', 'cam', false],
    ['ß', 'straße', true],
  ])('%s in %s: %s', (text, name, isFound) => {
    const glob = searchGlob(text);
    expect(glob !== null && streamGlob(glob)(name)).toBe(isFound);
  });

  test('is none for nothing, and for what would be too long', () => {
    expect([searchGlob(''), searchGlob('x'.repeat(60))]).toStrictEqual([null, null]);
  });

  test('of a name is for that name', () => {
    const name = 'a{b,c}*?\\';
    expect(['a{b,c}*?\\', 'ab*?', 'a{b,c}xx\\'].map(streamGlob(exactGlob(name)))).toStrictEqual([
      true,
      false,
      false,
    ]);
  });
});

test('viewers are asked for only when they are wanted', () => {
  expect(questionsOf(ANY)).toStrictEqual([{ role: 'publish' }]);
  expect(questionsOf({ ...ANY, kinds: ['viewers'], server: ['main'] })).toStrictEqual([{ server: 'main' }]);
  const label = ['site:north'];
  expect(questionsOf(ANY, label)).toStrictEqual([{ label, role: 'publish' }]);
  expect(questionsOf({ ...ANY, q: 'cam' }, label).map((one) => one.label)).toStrictEqual([label, label]);
  expect(questionsOf({ ...ANY, server: ['main', 'north'] })).toStrictEqual([{ role: 'publish' }]);
  const ofStream = questionsOfStream({ server: 'main', name: 'a*' }, ANY);
  expect(ofStream[0]).toStrictEqual({ server: 'main', stream: 'a\\*', role: 'publish' });
  expect(ofStream[1]?.type).toContain('server.unreachable');
  expect(questionsOf({ ...ANY, q: 'cam' })).toHaveLength(2);
});

describe('of all stories', () => {
  const stories = storiesOf([
    happened('stream.offline', 1),
    happened('stream.health', 2, { stream: 'other', server: 'north' }),
    happened('server.restarted', 30, { server: 'north' }),
    happened('server.restarted', 31, { server: 'south' }),
    happened('connection.opened', 40, { role: 'read' }),
    happened('events.trimmed', 50, { since: second(45), until: second(46) }),
  ]);
  const chosen = (choice: Partial<StoryChoice>) =>
    chosenStories(stories, { ...ANY, ...choice }).map(({ events: [first] }) => first?.id);

  test('usually all are shown but viewers', () => {
    expect(chosen({})).toStrictEqual(['50000-0', '31000-0', '30000-0', '2000-0', '1000-0']);
    expect(chosen({ kinds: ['viewers'] })).toStrictEqual(['50000-0', '40000-0']);
  });

  test('that events were lost is told whatever is chosen, but of other servers', () => {
    expect(chosen({ kinds: ['health'], severity: ['critical'] })).toStrictEqual(['50000-0']);
    expect(chosen({ server: ['north'] })).toStrictEqual(['30000-0', '2000-0']);
  });

  test('by how bad they were', () => {
    expect(chosen({ severity: ['warning'], server: ['main'] })).toStrictEqual(['50000-0', '1000-0']);
  });

  test('a stream that is searched for, with what happened to its server', () => {
    expect(chosen({ q: 'OTH' })).toStrictEqual(['30000-0', '2000-0']);
  });
});

test('the page of a stream has its own silences, and those of all its server', () => {
  const stories = ['cam', 'other', 'cam/*', null].map((match, index) =>
    only(happened('silence.added', index, { match, reason: null, silence: `s${index}` })),
  );
  expect(storiesOfStream(stories, { name: 'cam' })).toStrictEqual([stories[0], stories[3]]);
  expect(storiesOfStream([only(happened('silence.ended', 1))], { name: 'cam' })).toStrictEqual([]);
});
