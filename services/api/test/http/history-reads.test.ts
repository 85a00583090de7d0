import { expect, test } from '@jest/globals';
import { ReadTurns } from '../../src/feed/index.ts';
import { HistoryReads } from '../../src/http/history-reads.ts';

const SUBJECT = { kind: 'host', host: 'media-1' } as const;
const QUESTION = { subject: SUBJECT, fields: [], fromMs: 0, toMs: 1_000, stepSeconds: 1 };

/** History that answers when it is told to, one look at a time. */
function lookingUp() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const look = <Value>(what: string, value: Value): Promise<Value> => {
    asked.push(what);
    return new Promise((resolve) => {
      answers.push(() => {
        resolve(value);
      });
    });
  };
  const source = {
    nowMs: () => Promise.resolve(1_000),
    finestStepSeconds: () => 1,
    serversWith: () => look('servers', ['main']),
    isKept: () => look('kept', true),
    read: () => look('read', { fields: {}, workMs: 0 }),
  };
  const turns = new ReadTurns({ atOnce: 1, maxWaiting: 9, maxWaitingPerAddress: 9, maxWaitMs: 60_000 });
  return { reads: new HistoryReads(source, turns), asked, answers };
}

test('whatever is looked for waits for its turn', async () => {
  const { reads, asked, answers } = lookingUp();
  const reader = { network: 'a', spent: () => undefined, signal: new AbortController().signal };
  const looks = Promise.all([
    reads.isKept(SUBJECT, reader),
    reads.serversWith('cam', ['main'], reader),
    reads.read(QUESTION, reader),
  ]);
  for (const before of [['kept'], ['kept', 'servers'], ['kept', 'servers', 'read']]) {
    await new Promise(setImmediate);
    expect(asked).toStrictEqual(before);
    answers.at(-1)?.();
  }
  expect(await looks).toStrictEqual([true, ['main'], { fields: {}, workMs: 0 }]);
});
