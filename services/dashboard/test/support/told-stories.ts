import { expect } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { storiesOf } from '../../src/model/stories.ts';
import type { Story } from '../../src/model/story.ts';
import { second } from './happened.ts';

/** A story in short: what, from and to in seconds, and its events. */
export const short = (story: Story) => ({
  kind: story.kind,
  course: story.course,
  from: (story.beganMs - Date.parse(second(0))) / 1_000,
  to: story.endedMs === null ? null : (story.endedMs - Date.parse(second(0))) / 1_000,
  types: story.events.map(({ type }) => type.replace(/^\w+\./, '')).join(' '),
});
/** What is told of events, in short, the newest first. */
export const told = (...events: readonly MonitorEvent[]) => storiesOf(events).map(short);
/** The only story of events. */
export const only = (...events: readonly MonitorEvent[]): Story => {
  const [story, ...more] = storiesOf(events);
  if (story === undefined) throw new Error('no story');
  expect(more.map(short)).toStrictEqual([]);
  return story;
};
