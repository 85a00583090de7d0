import { expect, test } from '@jest/globals';
import { STREAM_STATES } from '@mediamtx-monitor/types';
import { createHistory } from '../../src/data/history.ts';
import { isCounted, readersOf } from '../../src/model/is-counted.ts';
import { sortStreams } from '../../src/model/select.ts';
import { listed, missing, snapshot } from '../support/records.ts';

test('nobody counts viewers of what isn’t listed or can’t be read', () => {
  expect(STREAM_STATES.filter((state) => !isCounted({ state }))).toEqual(['unknown', 'missing']);
  expect(readersOf({ state: 'idle', readers: 0 })).toBe(0);
  expect(readersOf({ state: 'missing', readers: 0 })).toBeNull();
});

test('in charts they are a gap, and sorted by viewers they come last', () => {
  const history = createHistory();
  history.add(snapshot([missing()]));
  expect(history.samples('main', 'cam').values.readers).toEqual([null]);
  const idle = listed({ name: 'idle', state: 'idle', readers: 0 });
  const sorted = sortStreams([listed(missing()), idle], { key: 'readers', descending: false });
  expect(sorted.map(({ stream }) => stream.name)).toEqual(['idle', 'cam']);
});
