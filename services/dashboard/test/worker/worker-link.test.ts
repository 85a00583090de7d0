import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { PageMessage, WorkerMessage } from '../../src/worker/exchange.ts';
import { type WorkerEnd, WorkerLink } from '../../src/worker/worker-link.ts';

const START: PageMessage = { type: 'start', url: 'http://monitor.example/', token: undefined };
const ANSWER: WorkerMessage = { type: 'shows', changes: { streamCount: 7 } };

/** A link to a worker that does as the test says. */
function link(isThere = true) {
  const received: WorkerMessage[] = [];
  const posted: unknown[] = [];
  const workedHere: unknown[] = [];
  const listeners = new Map<string, (event: { readonly data?: unknown }) => void>();
  let ended = 0;
  const made = new WorkerLink((message) => received.push(message), {
    startWorker: () => {
      if (!isThere) throw new Error('no workers here');
      return {
        postMessage: (message: unknown) => void posted.push(message),
        addEventListener: (type: string, listener: never) => void listeners.set(type, listener),
        terminate: () => (ended += 1),
      } as WorkerEnd;
    },
    runHere: (port) => {
      port.onmessage = ({ data }) => {
        workedHere.push(data);
        port.postMessage(ANSWER);
        port.close();
      };
    },
  });
  return {
    link: made,
    received,
    posted,
    workedHere,
    ended: () => ended,
    emit: (type: 'message' | 'error', data?: unknown) => listeners.get(type)?.({ data }),
  };
}

test('what is said goes to the worker, what it says to the page', () => {
  const { link: one, received, posted, emit } = link();
  one.send(START);
  emit('message', ANSWER);
  expect([posted, received]).toStrictEqual([[START], [ANSWER]]);
});

test('where there are no workers the page does it all', async () => {
  const { link: one, received, workedHere } = link(false);
  one.send(START);
  await eventually(() => {
    expect([workedHere, received]).toStrictEqual([[START], [ANSWER]]);
  });
});

test('so it does when the worker’s script doesn’t come, with all that was said before', async () => {
  const { link: one, received, workedHere, ended, emit } = link();
  one.send(START);
  emit('error');
  await eventually(() => {
    expect([workedHere, received]).toStrictEqual([[START], [ANSWER]]);
  });
  expect(ended()).toBe(1);
});

test('a mistake of a worker that runs doesn’t end it: it has all that the page shows', () => {
  const { link: one, posted, ended, emit } = link();
  one.send(START);
  emit('message', ANSWER);
  emit('error');
  one.send({ type: 'wake' });
  expect([posted, ended()]).toStrictEqual([[START, { type: 'wake' }], 0]);
});
