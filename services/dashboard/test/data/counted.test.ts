import { expect, test } from '@jest/globals';
import { createHistory } from '../../src/data/history.ts';
import { sortStreams } from '../../src/model/selection.ts';
import { listed, missing, snapshot } from '../support/records.ts';

test('viewers that nobody counts are a gap in charts, and sorted by viewers their stream comes last', () => {
  const history = createHistory();
  history.add(snapshot([missing()]));
  expect(history.samples('main', 'cam').values.readers).toEqual([null]);
  const idle = listed({ name: 'idle', state: 'idle', readers: 0 });
  const sorted = sortStreams([listed(missing()), idle], { key: 'readers', descending: false });
  expect(sorted.map(({ stream }) => stream.name)).toEqual(['idle', 'cam']);
});
