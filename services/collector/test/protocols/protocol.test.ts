import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, type RecordedPhase } from '@mediamtx-monitor/testkit';
import { connectionOf, connectionsOf, type RawItem, recordedItems, recordedPoll } from '../support/polls.ts';
import { CONNECTION_LISTS, SAMPLES } from '../support/samples.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const msOf = (value: unknown): number => Math.floor(new Date(String(value)).getTime());

/** What all protocols tell, read in the plainest way. Every recorded item has its bytes under the old names. */
const plainly = (list: string, item: RawItem) => ({
  id: item['id'],
  list,
  stream: textOf(item['path']),
  role: item['state'],
  remoteAddr: item['remoteAddr'],
  user: textOf(item['user']),
  userAgent: textOf(item['userAgent']),
  openedAtMs: msOf(item['created']),
  inboundBytes: item['bytesReceived'],
  outboundBytes: item['bytesSent'],
});

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  const stateful = CONNECTION_LISTS.filter(({ list }) => !list.startsWith('hls') && list !== 'moqsessions');

  test.each(stateful)('$list: every connection, with all that is common', ({ list, protocol }) => {
    for (const phase of ['empty', 't0', 't1'] satisfies RecordedPhase[]) {
      const raw = recordedItems(version, list, phase);
      const facts = connectionsOf(recordedPoll(version, phase), protocol);
      expect(raw.length > 0).toBe(phase !== 'empty');
      expect(facts).toMatchObject(raw.map((item) => plainly(list, item)));
      expect(facts.every((fact) => fact.protocol === protocol)).toBe(true);
    }
  });
});

describe.each(CONNECTION_LISTS)('$list', ({ list, protocol }) => {
  const of = (item: RawItem) => connectionOf(list, protocol, item);
  const sample = SAMPLES[list];
  const identity = list === 'hlsmuxers' ? { path: sample['path'] } : { id: sample['id'] };
  const bare = of(identity);
  const others = Object.keys(sample).filter((name) => !(name in identity));

  test('a connection of which only the identity is told', () => {
    const unknown = Object.entries(bare).filter(([, value]) => value === null);
    expect(bare.role).toBe(protocol === 'hls' ? 'read' : 'idle');
    expect(unknown.map(([name]) => name)).toStrictEqual(
      expect.arrayContaining([
        'remoteAddr',
        'user',
        'userAgent',
        'openedAtMs',
        'inboundBytes',
        'outboundBytes',
      ]),
    );
  });

  test.each([null, undefined, {}, [], [1]])('fields of %p are as good as missing', (nothing) => {
    expect(of({ ...identity, ...Object.fromEntries(others.map((name) => [name, nothing])) })).toStrictEqual(
      bare,
    );
  });

  test('fields of other types are as good as missing', () => {
    const swapped = { string: 7, number: '7', boolean: 'true' } as const;
    const wrong = others.map((name) => {
      const type = typeof sample[name];
      // MoQ's version is a label: a number will do.
      const known = type === 'string' || type === 'number' || type === 'boolean';
      return [name, known && name !== 'version' ? swapped[type] : null];
    });
    expect(of({ ...identity, ...(Object.fromEntries(wrong) as RawItem) })).toStrictEqual(bare);
  });

  test('fields that nobody has seen are ignored', () => {
    const future = { quantum: true, warp: { id: 'x', path: 'y' }, '': 1, toString: 'x' };
    expect(of({ ...sample, ...future })).toStrictEqual(of(sample));
  });

  test('what is told is text, number, truth or unknown, in no other form', () => {
    const values = Object.values(of(sample)).flatMap((value: unknown) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [value],
    );
    expect(values.every((value) => value === null || typeof value !== 'object')).toBe(true);
  });
});

describe('roles', () => {
  test.each([
    ['publish', 'publish'],
    ['read', 'read'],
    ['idle', 'idle'],
    ['prePlay', 'idle'],
    ['', 'idle'],
    [null, 'idle'],
    [1, 'idle'],
  ])('the state %j is the role %s', (state, role) => {
    for (const { list, protocol } of CONNECTION_LISTS) {
      if (protocol !== 'hls')
        expect(connectionOf(list, protocol, { ...SAMPLES[list], state }).role).toBe(role);
    }
  });
});

describe('bytes', () => {
  const bytes = { bytesReceived: 1, bytesSent: 2 };
  const current = { inboundBytes: 3, outboundBytes: 4 };

  test.each(CONNECTION_LISTS)('$list: new names count before old ones', ({ list, protocol }) => {
    const identity = { id: '1', path: 'cam' };
    const of = (fields: object) => connectionOf(list, protocol, { ...identity, ...fields });
    expect(of(bytes)).toMatchObject({ inboundBytes: 1, outboundBytes: 2 });
    expect(of(current)).toMatchObject({ inboundBytes: 3, outboundBytes: 4 });
    expect(of({ ...bytes, ...current })).toMatchObject({ inboundBytes: 3, outboundBytes: 4 });
    expect(of({ ...bytes, inboundBytes: null })).toMatchObject({ inboundBytes: 1, outboundBytes: 2 });
  });
});
