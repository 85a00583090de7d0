import { expect, test } from '@jest/globals';
import { EventLog, type EventLogOptions, type LoggedEvent } from '../../src/feed/event-log.ts';

const eventOf = (n: number, bytes = 2): LoggedEvent => ({
  id: `${n}-0`,
  subject: 'main',
  stream: null,
  json: Buffer.alloc(bytes, '0'),
});

function logOf(events: readonly LoggedEvent[], bounds: Partial<EventLogOptions> = {}): EventLog {
  const log = new EventLog({
    topic: 'drills',
    about: 'server',
    readOlder: () => Promise.resolve(undefined),
    ...bounds,
  });
  for (const event of events) log.add(event);
  return log;
}

const idsIn = (log: EventLog): (string | undefined)[] =>
  Array.from({ length: log.end - log.start }, (_, n) => log.at(log.start + n)?.id);

test('events stand in order, and what comes again or too late is none', () => {
  const log = logOf([]);
  expect([log.start, log.end, log.newestId, log.trimmedId]).toStrictEqual([0, 0, '0-0', '0-0']);
  expect([1, 3, 3, 2, 10].map((n) => log.add(eventOf(n)))).toStrictEqual([true, true, false, false, true]);
  expect(idsIn(log)).toStrictEqual(['1-0', '3-0', '10-0']);
  expect(log.newestId).toBe('10-0');
});

test('an event is one message for all, with its topic and id', () => {
  const log = logOf([eventOf(1)]);
  const message = log.messageAt(0);
  expect(message?.event?.toString()).toBe('id: drills:1-0\nevent: drills\ndata: 00\n\n');
  expect(message?.isShared).toBe(false);
  expect(log.messageAt(0)).toBe(message);
});

test.each<[Partial<EventLogOptions>]>([[{ maxEvents: 3 }], [{ maxBytes: 6 }]])(
  'of too many the oldest go, and places stay: %j',
  (bounds) => {
    const log = logOf(
      [1, 2, 3, 4, 5].map((n) => eventOf(n)),
      bounds,
    );
    expect(idsIn(log)).toStrictEqual(['3-0', '4-0', '5-0']);
    expect([log.start, log.end, log.trimmedId]).toStrictEqual([2, 5, '2-0']);
    expect(log.at(1)).toBeUndefined();
    expect(log.at(2)?.id).toBe('3-0');
  },
);

test('an event that is too large for the log is trimmed at once', () => {
  const log = logOf([eventOf(1), eventOf(2, 9)], { maxBytes: 6 });
  expect([log.start, log.end, log.trimmedId, log.newestId]).toStrictEqual([2, 2, '2-0', '2-0']);
  expect(log.add(eventOf(2))).toBe(false);
});

test('a place is found by the id of the event before it', () => {
  const log = logOf(
    [2, 4, 6, 8, 10].map((n) => eventOf(n)),
    { maxEvents: 4 },
  );
  const places = ['1-0', '2-0', '3-0', '4-0', '7-5', '9-0', '10-0', '99-0'].map((id) => log.placeAfter(id));
  expect(places).toStrictEqual([0, 1, 1, 2, 3, 4, 5, 5]);
});

test('what is skipped lies behind the place of those who had all', () => {
  const log = logOf([eventOf(1), eventOf(2)]);
  const before = log.end;
  log.skipTo('9-0');
  expect([log.isReady, log.start > before, log.placeAfter('2-0') < log.start]).toStrictEqual([
    true,
    true,
    true,
  ]);
  expect(log.add(eventOf(9))).toBe(false);
  log.add(eventOf(10));
  expect(log.at(log.placeAfter('9-0'))?.id).toBe('10-0');
});

test('what is kept goes back: what came after is forgotten, and what comes then counts again', () => {
  const log = logOf([1, 2, 3, 4].map((n) => eventOf(n)));
  log.rewind('2-0');
  expect([idsIn(log), log.newestId, log.rewinds]).toStrictEqual([['1-0', '2-0'], '2-0', 1]);
  expect(log.add(eventOf(3))).toBe(true);
  expect([log.forkSince(0), log.forkSince(1)]).toStrictEqual(['2-0', '3-0']);
  log.rewind('1-0');
  expect([log.forkSince(0), log.forkSince(1)]).toStrictEqual(['1-0', '1-0']);
  log.rewind('1-0');
  expect([log.forkSince(0), log.rewinds]).toStrictEqual(['1-0', 3]);
});

test('it may go back beyond its beginning', () => {
  const log = logOf(
    [5, 6, 7].map((n) => eventOf(n)),
    { maxEvents: 2 },
  );
  log.rewind('3-0');
  expect([idsIn(log), log.newestId, log.trimmedId]).toStrictEqual([[], '3-0', '3-0']);
});
