import { expect, test } from '@jest/globals';
import { connectionRecord, liveStream, srtConnection, webrtcConnection } from '@mediamtx-monitor/testkit';
import { LinkHistories } from '../../src/publish/link-histories.ts';

const reader = (id: string, framesDiscarded: number | null) =>
  connectionRecord({ id, rtmp: { framesDiscarded } });
const stream = liveStream({ sourceId: 'p', linkLossPercent: 0.5 });

test('what the publisher’s link says, by its protocol', () => {
  const measures = new LinkHistories();
  const srt = srtConnection({ id: 'p', role: 'publish' }, { rttP95Ms: 21, linkLossPercent: 1.5 });
  expect(measures.next([srt], 2)(stream)).toMatchObject({ rttP95Ms: 21, lossPercent: 1.5 });
  const webrtc = webrtcConnection({ id: 'p', role: 'publish' });
  expect(measures.next([webrtc], 2)(stream)).toMatchObject({ rttP95Ms: null, lossPercent: 2 });
  const rtmp = connectionRecord({ id: 'p', role: 'publish' });
  expect(measures.next([rtmp], 2)(stream)).toMatchObject({ rttP95Ms: null, lossPercent: null });
  // A static source has no connection; of one over SRT its stream tells the loss.
  expect(measures.next([], 2)({ ...stream, sourceId: null })).toMatchObject({
    rttP95Ms: null,
    lossPercent: 0.5,
  });
});

test('what is thrown away for all readers together, from one tick to the next', () => {
  const measures = new LinkHistories();
  const perSecond = (...counts: (number | null)[]): number | null => {
    const readers = counts.map((count, place) => reader(`r${place}`, count));
    return measures.next(readers, 2)({ ...stream, readers: counts.length }).discardsPerSecond;
  };
  expect(perSecond(10, 5)).toBeNull();
  expect(perSecond(14, 5)).toBe(2);
  // A counter that begins anew is no negative rate; one of a reader that is new is nothing yet.
  expect(perSecond(1, 7, 100)).toBe(1);
  expect(perSecond(null, null, null)).toBeNull();
  expect(perSecond()).toBe(0);
});
