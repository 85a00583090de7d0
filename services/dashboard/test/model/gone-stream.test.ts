import { expect, test } from '@jest/globals';
import { goneStream } from '../../src/model/gone-stream.ts';
import { lastPublisherOf, whyNoPublisher } from '../../src/model/last-publisher.ts';
import { srt } from '../support/connections.ts';
import { lastLive, listed, missing, stream } from '../support/records.ts';

const SEEN_AT = '2026-01-01T00:05:00.000Z';
const NOW = '2026-01-01T00:15:00.000Z';
const ann = srt({ id: 'p', role: 'publish', user: 'ann' });

test('a stream that was live when it was listed last is missing, with what it was', () => {
  const record = stream({ readers: 4, reasons: [], inboundMbps: 4.2 });
  const gone = goneStream({ record, asOf: SEEN_AT }, ann, NOW);
  expect(gone).toMatchObject({ health: 'ok', reasons: [], stale: false, asOf: NOW });
  expect(gone.stream).toMatchObject({
    state: 'missing',
    since: SEEN_AT,
    inboundMbps: null,
    readers: 0,
    sourceType: null,
    last: {
      liveAt: SEEN_AT,
      liveSince: record.since,
      wasStalled: false,
      media: record.media,
      protocol: 'srt',
      readers: 4,
      inboundMbps: 4.2,
    },
  });
  expect(lastPublisherOf(gone, null)).toMatchObject({ user: 'ann', protocol: 'srt' });
});

test('one that was stalled was so when it went; one that wasn’t live keeps what it had been', () => {
  const stalled = goneStream({ record: stream({ state: 'stalled' }), asOf: SEEN_AT }, null, NOW);
  expect(stalled.stream.last).toMatchObject({ wasStalled: true, publisher: null });
  const idle = goneStream({ record: missing({ state: 'idle' }), asOf: SEEN_AT }, ann, NOW);
  expect(idle.stream.last).toStrictEqual(lastLive());
  const never = goneStream({ record: missing({ last: null }), asOf: SEEN_AT }, ann, NOW);
  expect(never.stream.last).toBeNull();
});

test('who published last is told of what nobody publishes, and of nothing else', () => {
  expect(lastPublisherOf(listed(missing()), ann)).toMatchObject({
    remoteAddr: '192.0.2.7:1',
    userAgent: 'OBS',
  });
  expect(lastPublisherOf(listed(missing({ last: null })), ann)).toBe(ann);
  expect(lastPublisherOf(listed(missing({ last: lastLive({ publisher: null }) })), null)).toBeNull();
  expect(lastPublisherOf(listed(), ann)).toBeNull();
  expect(lastPublisherOf(listed(missing(), { stale: true }), ann)).toBeNull();
});

test.each([
  ['a silent server', listed(missing(), { stale: true }), 'unknown'],
  ['an unread server', listed(missing({ state: 'unknown' })), 'unknown'],
  ['a live stream whose connections are hidden', listed(), 'unknown'],
  ['a record of unknown health', listed(missing({ health: 'unknown' })), 'unknown'],
  ['a pulled stream', listed({ pull: { onDemand: true, state: null, error: null } }), 'fetched'],
  ['an idle stream', listed(missing({ state: 'idle' })), 'nobody'],
] as const)('of %s it is told why no publisher is known', (_what, one, why) => {
  expect(whyNoPublisher(one)).toBe(why);
});
