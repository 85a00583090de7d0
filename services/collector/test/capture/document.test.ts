import { describe, expect, test } from '@jest/globals';
import { rawSnapshotSchema } from '@mediamtx-monitor/types/schemas';
import type { ListOutcome } from '../../src/protocols/index.ts';
import { documentOf, type Outcomes, sampleOf, summarise } from '../../src/capture/index.ts';

const START = { wallMs: Date.parse('2026-11-25T12:00:00.000Z'), monotonicMs: 5_000 };
const read = (...items: readonly unknown[]): ListOutcome => ({
  kind: 'items',
  items,
  receivedAtMs: 5_012,
  simulated: false,
});
const failed: ListOutcome = {
  kind: 'failed',
  status: 'timeout',
  error: 'no answer of http://192.0.2.7:9997',
};
const OUTCOMES: Outcomes = {
  paths: read({ name: 'cam', unknownMember: [1] }),
  srtconns: read({ id: 'a', query: 'pass=geheim', remoteAddr: '192.0.2.7:1' }),
  moqsessions: { kind: 'off' },
  rtmpconns: failed,
  info: read({ version: 'v1.20.1' }),
};
const PARTS = {
  monitorVersion: '0.2.0',
  nodeVersion: 'v20.0.0',
  mediamtxUrl: 'http://192.0.2.7:9997',
  simulated: false,
  addresses: 'full',
} as const;

test('a sample has what each list came to, and when', () => {
  expect(sampleOf(OUTCOMES, START)).toStrictEqual({
    takenAt: '2026-11-25T12:00:00.000Z',
    lists: {
      paths: {
        status: 'read',
        receivedAt: '2026-11-25T12:00:00.012Z',
        items: [{ name: 'cam', unknownMember: [1] }],
      },
      srtconns: expect.objectContaining({ status: 'read' }),
      moqsessions: { status: 'off' },
      rtmpconns: { status: 'timeout', error: 'no answer of http://192.0.2.7:9997' },
      info: expect.objectContaining({ status: 'read' }),
    },
  });
});

describe('the document', () => {
  const samples = [sampleOf(OUTCOMES, START)];
  const document = documentOf({ ...PARTS, samples });

  test('is what the contract says', () => {
    expect(rawSnapshotSchema.validate(document).error).toBeUndefined();
    expect(document).toMatchObject({ ...PARTS, type: 'mediamtx-snapshot', v: 1, mediamtxVersion: 'v1.20.1' });
  });

  test('has no secret, says how many there were, and leaves all else', () => {
    expect(document.removedSecrets).toBe(1);
    expect(JSON.stringify(document)).not.toContain('geheim');
    expect(document.samples[0]?.lists['paths']).toStrictEqual(samples[0]?.lists['paths']);
  });

  test('has addresses only as wanted, those of the server and of failures too', () => {
    expect(JSON.stringify(document)).toContain('192.0.2.7');
    for (const addresses of ['masked', 'none'] as const) {
      expect(JSON.stringify(documentOf({ ...PARTS, addresses, samples }))).not.toContain('192.0.2.7');
    }
  });

  test('of a server that doesn’t say its version has none', () => {
    for (const info of [{ kind: 'off' }, failed, read(), read({ version: 7 })] as const) {
      const outcomes = { ...OUTCOMES, info };
      expect(documentOf({ ...PARTS, samples: [sampleOf(outcomes, START)] }).mediamtxVersion).toBeNull();
    }
  });
});

describe('the summary', () => {
  const summary = (...outcomes: readonly Outcomes[]) =>
    summarise(documentOf({ ...PARTS, samples: outcomes.map((each) => sampleOf(each, START)) }));

  test('counts samples, lists and what was removed', () => {
    expect(summary(OUTCOMES).text).toMatch(/^1 sample of 3 lists; .* might: 1; IP addresses: full\. /);
    expect(summary(OUTCOMES, OUTCOMES).text).toMatch(/^2 samples of 3 lists; .* might: 2; /);
  });

  test('tells a failure once, with its lists', () => {
    const { failures, hasPaths } = summary({ ...OUTCOMES, srtconns: failed }, OUTCOMES);
    expect(failures).toStrictEqual(['srtconns, rtmpconns: no answer of http://192.0.2.7:9997']);
    expect(hasPaths).toBe(true);
  });

  test('tells a failure of all lists without them', () => {
    const all = Object.fromEntries(Object.keys(OUTCOMES).map((name) => [name, failed]));
    expect(summary(all)).toMatchObject({
      failures: ['no answer of http://192.0.2.7:9997'],
      hasPaths: false,
    });
  });

  test('misses the path list if one sample hasn’t got it', () => {
    expect(summary(OUTCOMES, { ...OUTCOMES, paths: failed }).hasPaths).toBe(false);
  });
});
