import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { Answers } from '../../src/tick/answers.ts';
import { Fleet } from '../../src/tick/fleet.ts';
import { tickOf } from './ticks.ts';

const contentOf = async (answers: Answers, ...asked: Parameters<Answers['content']>) =>
  (await answers.content(...asked)).content;
const make = (text: string) => () => Buffer.from(text);
const fleetOf = (seq: number): Fleet => new Fleet([tickOf([], { server: 'b' }), tickOf([], { seq })]);

test('an answer is made once for each question while its ticks are the newest', async () => {
  const answers = new Answers(createFakeClock());
  const first = await contentOf(answers, fleetOf(1), 'a', make('1'));
  expect(await contentOf(answers, fleetOf(1), 'a', make('2'))).toBe(first);
  expect((await contentOf(answers, fleetOf(1), 'b', make('3'))).json.toString()).toBe('3');
  expect((await contentOf(answers, fleetOf(2), 'a', make('4'))).json.toString()).toBe('4');
});

test('the same question about other servers is another', async () => {
  const answers = new Answers(createFakeClock());
  const fleet = fleetOf(1);
  const whole = await contentOf(answers, fleet, 'a', make('1'));
  expect((await contentOf(answers, fleet.of('b'), 'a', make('2'))).json.toString()).toBe('2');
  expect(await contentOf(answers, fleet, 'a', make('3'))).toBe(whole);
});

test('the tag of an answer tells questions and ticks apart, and nothing else', async () => {
  const tag = async (seq: number, question: string): Promise<string> =>
    (await contentOf(new Answers(createFakeClock()), fleetOf(seq), question, make(''))).etag;
  expect(await tag(1, 'a')).toBe(await tag(1, 'a'));
  expect(await tag(1, 'b')).not.toBe(await tag(1, 'a'));
  expect(await tag(2, 'a')).not.toBe(await tag(1, 'a'));
});

test('one server’s answers are the same whatever the others do', async () => {
  const answers = new Answers(createFakeClock());
  const content = await contentOf(answers, fleetOf(1).of('b'), 'a', make('1'));
  expect(await contentOf(answers, fleetOf(2).of('b'), 'a', make('2'))).toBe(content);
});

test('different questions are answered one at a time, and everything else gets its turn in between', async () => {
  const answers = new Answers(createFakeClock());
  const order: string[] = [];
  let isDone = false;
  const breathe = (): void => {
    if (isDone) return;
    order.push('else');
    setImmediate(breathe);
  };
  setImmediate(breathe);
  const questions = Array.from({ length: 5 }, (_, index) => `${index}`);
  await Promise.all(
    questions.map((question) =>
      answers.content(fleetOf(1), question, () => {
        order.push(question);
        return Buffer.from('');
      }),
    ),
  );
  isDone = true;
  expect(order.join(' ')).toMatch(/^(else )*0 (else )+1 (else )+2 (else )+3 (else )+4$/);
});

test('what it took to make an answer is told; nothing where it was there', async () => {
  const clock = createFakeClock();
  const answers = new Answers(clock);
  const slow = (): Buffer => {
    clock.advance(15);
    return Buffer.from('');
  };
  expect((await answers.content(fleetOf(1), 'a', slow)).workMs).toBe(15);
  expect((await answers.content(fleetOf(1), 'a', slow)).workMs).toBe(0);
});
