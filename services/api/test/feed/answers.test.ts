import { expect, test } from '@jest/globals';
import { Answers } from '../../src/feed/answers.ts';
import { Fleet } from '../../src/feed/fleet.ts';
import { tickOf } from './ticks.ts';

const make = (text: string) => () => Buffer.from(text);
const fleetOf = (seq: number): Fleet => new Fleet([tickOf([], { server: 'b' }), tickOf([], { seq })]);

test('an answer is made once for each question while its ticks are the newest', () => {
  const answers = new Answers();
  const first = answers.content(fleetOf(1), 'a', make('1'));
  expect(answers.content(fleetOf(1), 'a', make('2'))).toBe(first);
  expect(answers.content(fleetOf(1), 'b', make('3')).json.toString()).toBe('3');
  expect(answers.content(fleetOf(2), 'a', make('4')).json.toString()).toBe('4');
});

test('the same question about other servers is another', () => {
  const answers = new Answers();
  const fleet = fleetOf(1);
  const whole = answers.content(fleet, 'a', make('1'));
  expect(answers.content(fleet.of('b'), 'a', make('2')).json.toString()).toBe('2');
  expect(answers.content(fleet, 'a', make('3'))).toBe(whole);
});

test('the tag of an answer tells questions and ticks apart, and nothing else', () => {
  const tag = (seq: number, question: string): string =>
    new Answers().content(fleetOf(seq), question, make('')).etag;
  expect(tag(1, 'a')).toBe(tag(1, 'a'));
  expect(tag(1, 'b')).not.toBe(tag(1, 'a'));
  expect(tag(2, 'a')).not.toBe(tag(1, 'a'));
});

test('one server’s answers are the same whatever the others do', () => {
  const answers = new Answers();
  const content = answers.content(fleetOf(1).of('b'), 'a', make('1'));
  expect(answers.content(fleetOf(2).of('b'), 'a', make('2'))).toBe(content);
});
