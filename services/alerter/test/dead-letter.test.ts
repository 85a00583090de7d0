import { describe, expect, test } from '@jest/globals';
import { deadLetter } from '../src/dead-letter.ts';
import type { TargetMessage } from '../src/model.ts';
import { writeMessage } from '../src/text/index.ts';
import { alert, news, resolved, stream } from './support/messages.ts';

const kept = (message: TargetMessage) => {
  const { message: letter, leftOutCount } = deadLetter(message);
  return { letter: letter as TargetMessage, leftOutCount };
};
const many = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_each, index) => alert({ subject: stream(name(index)) }));

describe('what is kept of a message that is given up', () => {
  test('is all of it where that is short', () => {
    const message = news({ fired: [alert()], resolved: [resolved(alert())] });
    expect(deadLetter(message)).toStrictEqual({ message });
  });

  test('is the worst of each kind of many, and how many are left out', () => {
    const alerts = many(500, (index) => `cam/${index}`);
    const message = {
      ...news({ fired: alerts, repeated: alerts, resolved: alerts.map((one) => resolved(one)) }),
      firedCount: 900,
    };
    const { letter, leftOutCount } = kept(message);
    expect(Buffer.byteLength(JSON.stringify(letter))).toBeLessThan(50_000);
    const lists = [letter.fired, letter.repeated, letter.resolved];
    for (const list of lists) expect(list.length).toBeGreaterThan(20);
    expect(letter.fired).toStrictEqual(alerts.slice(0, letter.fired.length));
    expect(leftOutCount).toBe(900 + 500 + 500 - lists.flat().length);
    expect(letter.firedCount).toBe(900);
  });

  test('has no name of a megabyte, and is still told of', () => {
    const message = news({ fired: many(3, (index) => `${index}${'📹'.repeat(250_000)}`) });
    const { letter, leftOutCount } = kept(message);
    expect(Buffer.byteLength(JSON.stringify(letter))).toBeLessThan(50_000);
    expect([letter.fired.length, leftOutCount]).toStrictEqual([3, undefined]);
    const style = {
      ...({ language: 'en', timeZone: 'UTC', dashboardUrl: null, isSimulated: () => false } as const),
      escape: (text: string) => text,
    };
    expect(writeMessage(letter, style).title).not.toBe('');
  });
});
