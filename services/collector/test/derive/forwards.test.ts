import { describe, expect, test } from '@jest/globals';
import { interruptible } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import type { ForwardFact, PathDetails, PathFact } from '../../src/facts.ts';
import {
  forwardFact as forward,
  IDLE,
  isoAfter,
  nextCollector,
  pathFact,
  START_MS,
  type TickFacts,
  ticker,
} from './facts.ts';

const answers = (receivedAtMs: number, ...fact: ForwardFact[]): Partial<PathDetails> => ({
  forwards: new Map([['cam', { fact, receivedAtMs }]]),
});
/** A live stream that sends 500,000 bytes a tick, unless it is told otherwise. */
const factsAt = (
  tick: number,
  details: Partial<PathDetails> = {},
  fields: Partial<PathFact> = {},
): TickFacts => ({
  paths: [pathFact({ inboundBytes: tick * 1_000 + 1, outboundBytes: tick * 500_000, ...fields })],
  details,
});
const codesOf = ({ reasons }: StreamRecord) => reasons.map(({ code }) => code);

describe('the forwards of a stream', () => {
  test('aren’t known before they were asked for; then they are those of the last answer', () => {
    const { stream } = ticker();
    expect(stream(factsAt(0)).forwards).toBeNull();
    const record = stream(
      factsAt(1, answers(2_000, forward({ id: 'b', position: 2, remoteAddr: '192.0.2.1:1935' }), forward())),
    );
    expect(record.forwards).toStrictEqual([
      {
        position: 1,
        protocol: 'rtmp',
        state: 'forwarding',
        error: null,
        remoteAddr: null,
        outboundBytes: 0,
        outboundMbps: null,
      },
      {
        position: 2,
        protocol: 'rtmp',
        state: 'forwarding',
        error: null,
        remoteAddr: '192.0.2.1:1935',
        outboundBytes: 0,
        outboundMbps: null,
      },
    ]);
    Joi.assert(record, streamRecordSchema);
    expect(stream(factsAt(2)).forwards).toStrictEqual(record.forwards);
    expect(stream(factsAt(3, answers(6_000))).forwards).toStrictEqual([]);
  });

  test('have rates from two answers of the same one; a count that fell began anew', () => {
    const { stream } = ticker();
    const rates = (tick: number, ...facts: ForwardFact[]) =>
      stream(factsAt(tick, answers(tick * 2_000, ...facts))).forwards?.map(
        ({ outboundMbps }) => outboundMbps,
      );
    expect(rates(0, forward(), forward({ id: 'b', position: 2 }))).toStrictEqual([null, null]);
    expect(rates(1, forward({ outboundBytes: 250_000 }), forward({ id: 'c', position: 2 }))).toStrictEqual([
      1,
      null,
    ]);
    expect(rates(2, forward({ outboundBytes: 100 }))).toStrictEqual([null]);
    expect(rates(3, forward({ outboundBytes: 250_100 }))).toStrictEqual([1]);
  });

  test('have none while the stream isn’t live, or a minute after the last answer', () => {
    const { stream } = ticker();
    stream(factsAt(0, answers(0, forward())));
    stream(factsAt(1, answers(2_000, forward({ outboundBytes: 250_000 }))), 60_000);
    expect(stream(factsAt(31)).forwards?.[0]?.outboundMbps).toBe(1);
    expect(stream(factsAt(32)).forwards?.[0]?.outboundMbps).toBeNull();
    expect(stream(factsAt(33, {}, IDLE)).forwards).toMatchObject([{ outboundMbps: null }]);
  });
});

describe('what is sent to readers', () => {
  test('isn’t what is forwarded, once that is known', () => {
    const { stream } = ticker();
    stream(factsAt(0, answers(0, forward())));
    expect(stream(factsAt(1, answers(2_000, forward({ outboundBytes: 250_000 })))).outboundMbps).toBe(1);
    expect(stream(factsAt(2)).outboundMbps).toBe(1);
  });

  test('is never negative', () => {
    const { stream } = ticker();
    stream(factsAt(0, answers(0, forward())));
    expect(stream(factsAt(1, answers(2_000, forward({ outboundBytes: 9_000_000 })))).outboundMbps).toBe(0);
  });
});

describe('a forward that fails', () => {
  const failing = forward({ state: 'error', error: 'dial tcp: connection refused' });

  test('is a warning at once, with what MediaMTX says, also while it tries again', () => {
    const { stream } = ticker();
    expect(codesOf(stream(factsAt(0, answers(0, failing))))).toStrictEqual(['forward-failing']);
    stream(factsAt(1, answers(2_000, forward())));
    const record = stream(factsAt(2));
    expect(record).toMatchObject({
      health: 'warning',
      reasons: [
        {
          code: 'forward-failing',
          severity: 'warning',
          measured: 1,
          limit: 0,
          since: isoAfter(0),
          detail: 'dial tcp: connection refused',
        },
      ],
      forwards: [{ state: 'forwarding', error: 'dial tcp: connection refused' }],
    });
    Joi.assert(record, streamRecordSchema);
  });

  test.each([
    ['its bytes grow', forward({ outboundBytes: 1 })],
    ['it is connected', forward({ remoteAddr: '192.0.2.1:1935' })],
  ])('is well at once when %s', (_what, well) => {
    const { stream } = ticker();
    for (const tick of [0, 1, 2]) stream(factsAt(tick, answers(tick * 2_000, failing)));
    expect(codesOf(stream(factsAt(3, answers(6_000, well))))).toStrictEqual([]);
  });

  test('is well a minute later where its bytes aren’t told', () => {
    const { stream } = ticker();
    const unmeasured = { ...failing, outboundBytes: null };
    for (const tick of [0, 1, 2]) stream(factsAt(tick, answers(tick * 2_000, unmeasured)));
    const quiet = { ...unmeasured, state: 'forwarding', error: null };
    for (let tick = 3; tick < 33; tick += 1) {
      expect(codesOf(stream(factsAt(tick, answers(tick * 2_000, quiet))))).toStrictEqual(['forward-failing']);
    }
    for (let tick = 33; tick < 37; tick += 1) stream(factsAt(tick, answers(tick * 2_000, quiet)));
    expect(codesOf(stream(factsAt(37, answers(74_000, quiet))))).toStrictEqual([]);
  });

  test('is counted among all, and is none while its stream isn’t live', () => {
    const { stream } = ticker();
    const two = [failing, { ...failing, id: 'b', position: 2, error: 'EOF' }];
    for (const tick of [0, 1]) stream(factsAt(tick, answers(tick * 2_000, ...two)));
    expect(stream(factsAt(2, answers(4_000, ...two))).reasons).toMatchObject([
      { measured: 2, detail: 'dial tcp: connection refused' },
    ]);
    const idle = two.map((one) => ({ ...one, state: 'idle' }));
    for (let tick = 3; tick < 8; tick += 1) stream(factsAt(tick, answers(tick * 2_000, ...idle), IDLE));
    const record = stream(factsAt(8, {}, IDLE));
    expect(codesOf(record)).toStrictEqual(['off-air']);
    // MediaMTX goes on showing it.
    expect(record.forwards).toMatchObject([{ error: 'dial tcp: connection refused' }, { error: 'EOF' }]);
  });
});

describe('forwards that can’t be asked for any more', () => {
  const failing = forward({ state: 'error', error: 'EOF', remoteAddr: '192.0.2.1:1935' });

  test('are told as they were for eleven minutes, and then without state, error and warning', () => {
    const { stream } = ticker();
    stream(factsAt(0, answers(0, failing)), 660_000);
    const before = stream(factsAt(1));
    expect(codesOf(before)).toStrictEqual(['forward-failing']);
    expect(before.forwards).toMatchObject([{ state: 'error', error: 'EOF' }]);
    const after = stream(factsAt(2));
    expect(codesOf(after)).toStrictEqual([]);
    expect(after.forwards).toMatchObject([
      { position: 1, protocol: 'rtmp', state: null, error: null, outboundMbps: null },
    ]);
    Joi.assert(after, streamRecordSchema);
    expect(codesOf(stream(factsAt(3, answers(664_000, failing))))).toStrictEqual(['forward-failing']);
  });

  test('aren’t held against a stream for ever after a start', () => {
    const { tick } = ticker();
    const published = tick(factsAt(0, answers(0, failing)));
    const { stream } = nextCollector(START_MS + 10_000, published);
    expect(codesOf(stream(factsAt(1), 660_000))).toStrictEqual(['forward-failing']);
    expect(codesOf(stream(factsAt(2)))).toStrictEqual(['forward-failing']);
    expect(codesOf(stream(factsAt(3)))).toStrictEqual([]);
  });
});

describe('so many forwards that they can’t all be told', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => forward({ id: `f${index}`, position: index + 1 }));
  const names = Array.from({ length: 100 }, (_, index) => `cam${String(index).padStart(3, '0')}`);
  const paths = names.map((name) => pathFact({ name, sourceId: name }));

  test('are told as far as 5,000 go, those that were answered last', () => {
    const { tick } = ticker();
    let streams: readonly StreamRecord[] = [];
    for (let first = 0; first < names.length; first += 20) {
      const asked = names.slice(first, first + 20);
      const receivedAtMs = (first / 20) * 2_000;
      const forwards = new Map(asked.map((name) => [name, { fact: many(64), receivedAtMs }]));
      ({ streams } = tick({ paths, details: { forwards } }));
    }
    const known = streams.filter(({ forwards }) => forwards !== null).map(({ name }) => name);
    // 78 times 64 forwards are 4,992.
    expect(known).toHaveLength(78);
    expect(known.slice(-60)).toStrictEqual(names.slice(-60));
    for (const record of streams) Joi.assert(record, streamRecordSchema);
  });

  test('take time in proportion to their number', () => {
    const { stream } = ticker();
    const all = many(50_000);
    const work = () => {
      stream(factsAt(0, answers(0, ...all)));
      return stream(factsAt(1, answers(2_000, ...all))).forwards?.length;
    };
    expect(interruptible(work, 2_000)).toBe(50_000);
  });

  test('count also where their streams have gone', () => {
    const { tick, memory } = ticker();
    for (let first = 0; first < names.length; first += 20) {
      const asked = names.slice(first, first + 20);
      const forwards = new Map(asked.map((name) => [name, { fact: many(64), receivedAtMs: first }]));
      tick({ paths: paths.slice(first, first + 20), details: { forwards } });
    }
    const all = [...memory().streams.values()].flatMap(({ forwards }) => forwards?.forwards ?? []);
    expect(all).toHaveLength(4_992);
  });
});
