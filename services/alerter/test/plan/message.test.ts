import { expect, test } from '@jest/globals';
import { alertsMessage } from '../../src/plan/message.ts';
import { AlertWorld, streamOf } from '../support/alert-world.ts';
import { storedAlert } from '../support/states.ts';

test('a message has room for so much of names, and for the worst whatever it is called', () => {
  const long = 'x'.repeat(200_000);
  const named = ['a'.repeat(500_000), 'b', long, 'c', long, 'd'];
  const fired = named.map((name, place) =>
    storedAlert({ subject: streamOf(`${name}${place}`), wrongAtMs: place }),
  );
  const told = (of: typeof fired) =>
    alertsMessage(
      { id: 'm', target: 'phone', at: '2026-01-05T12:00:00.000Z' },
      { fired: of, repeated: [], resolved: [] },
      new AlertWorld().view(),
    );
  const places = ({ fired: some }: ReturnType<typeof told>) =>
    some.map(({ subject }) => (subject.kind === 'stream' ? subject.stream.at(-1) : ''));
  expect(places(told(fired))).toStrictEqual(['0']);
  const others = told(fired.slice(1));
  expect([places(others), others.firedCount]).toStrictEqual([['1', '2', '3', '5'], 5]);
});
