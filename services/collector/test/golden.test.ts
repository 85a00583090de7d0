import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  golden,
  RECORDED_VERSIONS,
  type RecordedVersion,
  type ReplayServer,
  startReplayServer,
} from '@mediamtx-monitor/testkit';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { plainRates, plainReading } from './support/plain-reading.ts';
import { collectTicks, recordedSpanMs, type StoredTick } from './support/recorded-ticks.ts';

let server: ReplayServer | undefined;
afterEach(async () => {
  await server?.close();
});

/** Polls a recorded server at both moments. */
async function collectRecorded(version: RecordedVersion): Promise<StoredTick[]> {
  const recorded = await startReplayServer(version);
  server = recorded;
  const clock = createFakeClock();
  return collectTicks(recorded.url, clock, 2, () => {
    recorded.setPhase('t1');
    clock.advance(recordedSpanMs(version));
  });
}

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  test('runs through the collector into Redis as it always did', async () => {
    const ticks = await collectRecorded(version);
    expect(ticks).toStrictEqual(golden(new URL(`golden/${version}.json`, import.meta.url), ticks));
    const [t0, t1] = ticks;
    Joi.assert(t0?.streams, Joi.array().items(streamRecordSchema).min(1));
    expect(t0?.streams).toMatchObject(plainReading(version, 't0'));
    expect(t1?.streams).toMatchObject(plainReading(version, 't1'));
    expect(t0?.streams).toStrictEqual(t0?.streams.map(() => expect.objectContaining({ inboundMbps: null })));
    expect(t1?.streams).toMatchObject(plainRates(version));
  });
});
