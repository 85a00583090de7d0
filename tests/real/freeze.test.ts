import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StreamRecord, StreamsMessage } from '@mediamtx-monitor/types';
import { constantMedia, type PublishProtocol, PROTOCOLS, publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { last, mean, startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';
import type { Running } from '../support/running.ts';

/** Publishers that freeze, and are started anew before MediaMTX gives them up (after 10 s). */
const STALLED_WITHIN_TICKS = 4;
const WATCHED_TICKS = 4;
const PUBLISHING = { media: constantMedia(1_000_000) };

const rig = createRig();
const publishers = new Map<PublishProtocol, Running>();
/** Messages before the freeze, from there to the new start, and after that. */
let usual: readonly StreamsMessage[];
let frozen: readonly StreamsMessage[];
let renewed: readonly StreamsMessage[];

/** Its records in those messages that have it: it may be away for a tick. */
const ofStream = (messages: readonly StreamsMessage[], name: string): readonly StreamRecord[] =>
  messages.flatMap(({ streams }) => streams.filter((stream) => stream.name === name));

beforeAll(async () => {
  const mediamtx = await rig.add(startMediamtx());
  for (const protocol of PROTOCOLS) {
    publishers.set(protocol, await rig.add(publish(mediamtx, protocol, protocol, PUBLISHING)));
  }
  const { streams } = await startMonitor(rig, mediamtx);
  const reaches = (seq: number): Promise<StreamsMessage> => streams.message((message) => message.seq >= seq);

  const first = await streams.fresh();
  // Right after a tick: the next one is nearly an interval away.
  const { seq: frozenAt } = await reaches(first.seq + WATCHED_TICKS);
  for (const publisher of publishers.values()) publisher.freeze();
  const { seq: renewedAt } = await reaches(frozenAt + STALLED_WITHIN_TICKS);
  await Promise.all(
    PROTOCOLS.map(async (protocol) => {
      await publishers.get(protocol)?.stop();
      await rig.add(publish(mediamtx, protocol, protocol, PUBLISHING));
    }),
  );
  const { seq: runsAt } = await streams.fresh();
  await reaches(runsAt + WATCHED_TICKS);
  usual = streams.since(first.seq).filter(({ seq }) => seq <= frozenAt);
  frozen = streams.since(frozenAt + 1).filter(({ seq }) => seq <= renewedAt);
  renewed = streams.since(renewedAt + 1);
});

afterAll(rig.stop);

describe.each(PROTOCOLS)('a publisher over %s', (name) => {
  test('that froze shows as stalled within four ticks', () => {
    const record = streamIn(last(frozen), name);
    expect(record).toMatchObject({ state: 'stalled', inboundMbps: 0, health: 'critical', restarts: 0 });
    expect(record.reasons.map(({ code }) => code)).toStrictEqual(['stalled']);
  });

  test('that was started anew runs again: one restart, and no rate above the usual', () => {
    const usualMbps = mean(ofStream(usual, name).map(({ inboundMbps }) => inboundMbps ?? NaN));
    const records = ofStream(renewed, name);
    for (const { inboundMbps } of records) expect(inboundMbps ?? 0).toBeLessThan(1.5 * usualMbps);
    expect(last(records)).toMatchObject({ state: 'live', restarts: 1 });
    expect(last(records).inboundMbps).toBeGreaterThan(0.5 * usualMbps);
    expect(last(records).sourceId).not.toBe(streamIn(last(usual), name).sourceId);
  });
});
