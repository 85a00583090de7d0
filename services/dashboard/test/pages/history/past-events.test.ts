import { describe, expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { readEvents } from '../../../src/pages/history/past-events.ts';
import type { PastSubject } from '../../../src/pages/history/subject.ts';

const SPAN = { fromMs: 0, toMs: 60_000 };
const base = { server: 'main', severity: 'info', since: null, unseenSince: null, cause: null } as const;
const at = (second: number) => ({ id: `${second}000-0`, at: new Date(second * 1_000).toISOString() });
const own = { ...base, type: 'stream.online', sourceType: null, expected: null } as const;
const alert = { ...base, type: 'alert.firing', alert: 'a', reasons: [], returns: 0 } as const;
const EVENTS: readonly MonitorEvent[] = [
  { ...own, ...at(3), stream: 'cam' },
  { ...own, ...at(1), stream: 'other' },
  { ...own, ...at(2), stream: 'cam', server: 'north' },
  { ...base, ...at(4), type: 'server.unobserved' },
  { ...alert, ...at(5) },
  { ...alert, ...at(6), stream: 'cam' },
  { ...alert, ...at(7), server: '', host: 'media-1' },
];

/** An API that answers with all events of a type, whatever else is asked. */
function startEvents(events: readonly MonitorEvent[] = EVENTS) {
  const asked: unknown[] = [];
  const read = (subjects: readonly PastSubject[], isOpen = true) =>
    readEvents(
      {
        // eslint-disable-next-line @typescript-eslint/require-await -- As the client has it.
        events: async function* (query = {}) {
          asked.push(query);
          yield* events.filter(({ type }) => query.type?.includes(type) ?? true);
        },
      },
      subjects,
      { span: SPAN, isOpen },
      () => false,
    );
  return { asked, read };
}

const seconds = (events: readonly MonitorEvent[]) => events.map((event) => Date.parse(event.at) / 1_000);

describe('what happened', () => {
  test('to a stream: its own, and that of its server, in order', async () => {
    const { asked, read } = startEvents();
    const { events, isCut } = await read([{ kind: 'stream', server: 'main', name: 'cam' }]);
    expect([seconds(events), isCut]).toStrictEqual([[3, 4, 6], false]);
    expect(asked).toMatchObject([
      { server: 'main', stream: 'cam', since: '1970-01-01T00:00:00.000Z' },
      { server: 'main' },
    ]);
  });

  test('to a server or host: nothing of streams', async () => {
    const { read } = startEvents();
    expect(seconds((await read([{ kind: 'server', server: 'main' }])).events)).toStrictEqual([4, 5]);
    expect(seconds((await read([{ kind: 'host', host: 'media-1' }])).events)).toStrictEqual([7]);
  });

  test('is told once where two streams share a server', async () => {
    const { read } = startEvents();
    const { events } = await read([
      { kind: 'stream', server: 'main', name: 'cam' },
      { kind: 'stream', server: 'main', name: 'other' },
    ]);
    expect(seconds(events)).toStrictEqual([1, 3, 4, 6]);
  });

  test('ends with the time that is looked at', async () => {
    const { asked, read } = startEvents();
    await read([{ kind: 'server', server: 'main' }], false);
    expect(asked).toMatchObject([{ until: '1970-01-01T00:01:00.000Z' }]);
  });

  test('is cut where there is more than anybody can look at, and says so', async () => {
    const many = Array.from({ length: 2_500 }, (_, n): MonitorEvent => ({ ...own, ...at(n), stream: 'cam' }));
    const { events, isCut } = await startEvents(many).read([{ kind: 'stream', server: 'main', name: 'cam' }]);
    expect([events.length, isCut]).toStrictEqual([2_000, true]);
  });

  test.each(['x'.repeat(201), '*a'.repeat(17)])(
    'to a stream whose name is no glob is found as well',
    async (name) => {
      const { read } = startEvents([{ ...own, ...at(1), stream: name }, ...EVENTS]);
      expect(seconds((await read([{ kind: 'stream', server: 'main', name }])).events)).toStrictEqual([1, 4]);
    },
  );
});
