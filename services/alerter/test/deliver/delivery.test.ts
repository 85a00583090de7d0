import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Target } from '../../src/model.ts';
import { alert, news, target } from '../support/messages.ts';
import { type StandIn, startStandIn } from '../support/stand-in.ts';
import { startTcpServer } from '../support/tcp-server.ts';
import { createDelivery, queued, resultsOf } from '../support/tried.ts';

const started: Pick<StandIn, 'close'>[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

/** A stand-in that keeps its answers back until it is told to give them. */
async function patient(): Promise<{ readonly standIn: StandIn; readonly answerAll: () => void }> {
  const waiting: ServerResponse[] = [];
  const standIn = await startStandIn((response) => {
    waiting.push(response);
  });
  started.push(standIn);
  return {
    standIn,
    answerAll: () => {
      for (const response of waiting.splice(0)) response.end();
    },
  };
}

async function quick(): Promise<StandIn> {
  const standIn = await startStandIn();
  started.push(standIn);
  return standIn;
}

const webhook = (url: string, name = 'ops'): Target => target('webhook', { url }, { name });
const message = (id: string) => queued(news({ fired: [alert()] }, id));
const none = () => ({ firing: [], ended: [] });
const idsOf = ({ requests }: StandIn) => requests.map(({ headers }) => headers['webhook-id']);

describe('offers', () => {
  test('of one target are tried one at a time, and not again until the result was taken', async () => {
    const { standIn, answerAll } = await patient();
    const { delivery } = createDelivery();
    const to = webhook(standIn.url);
    delivery.offer([{ target: to, queued: message('a') }], none);
    await eventually(() => {
      expect(idsOf(standIn)).toStrictEqual(['a']);
    });
    delivery.offer([{ target: to, queued: message('a') }], none);
    delivery.offer([{ target: to, queued: message('b') }], none);
    answerAll();
    expect(await resultsOf(delivery)).toStrictEqual([
      { target: 'ops', messageId: 'a', outcome: 'delivered', error: null, retryAfterMs: null },
    ]);
    expect(idsOf(standIn)).toStrictEqual(['a']);
    delivery.offer([{ target: to, queued: message('b') }], none);
    await eventually(() => {
      expect(idsOf(standIn)).toStrictEqual(['a', 'b']);
    });
    delivery.stop();
  });

  test('whose result waits are passed over', async () => {
    const standIn = await quick();
    const { delivery } = createDelivery();
    const [first, second] = [webhook(standIn.url, 'first'), webhook(standIn.url, 'second')];
    delivery.offer([{ target: first, queued: message('a') }], none);
    await eventually(() => {
      expect(idsOf(standIn)).toStrictEqual(['a']);
    });
    // A later try of another target has ended, so the first one's has, too.
    delivery.offer([{ target: second, queued: message('b') }], none);
    delivery.offer([{ target: first, queued: message('a') }], none);
    const results = await resultsOf(delivery, 2);
    expect(results.map(({ messageId }) => messageId).toSorted()).toStrictEqual(['a', 'b']);
    expect(idsOf(standIn)).toStrictEqual(['a', 'b']);
    expect(delivery.takeResults()).toStrictEqual([]);
  });

  test('of other targets wait for none that hangs', async () => {
    const [{ standIn: hanging }, standIn] = [await patient(), await quick()];
    const { delivery } = createDelivery();
    delivery.offer(
      [
        { target: webhook(hanging.url, 'hangs'), queued: message('a') },
        { target: webhook(standIn.url, 'goes'), queued: message('b') },
      ],
      none,
    );
    expect((await resultsOf(delivery)).map(({ target: name }) => name)).toStrictEqual(['goes']);
    delivery.stop();
  });
});

describe('the end', () => {
  test('cuts what runs, tells nothing of it, and begins nothing any more', async () => {
    const open = new Set<Socket>();
    const hanging = await startTcpServer((socket) => {
      open.add(socket);
      socket.resume().on('close', () => open.delete(socket));
    });
    started.push(hanging);
    const other = await quick();
    // Its time for a try is longer than this test waits.
    const { delivery, log } = createDelivery({ timeoutMs: 600_000 });
    delivery.offer([{ target: webhook(`http://${hanging.host}`), queued: message('a') }], none);
    await eventually(() => {
      expect(open.size).toBe(1);
    });
    delivery.stop();
    await eventually(() => {
      expect(open.size).toBe(0);
    });
    delivery.offer([{ target: webhook(other.url, 'other'), queued: message('b') }], none);
    const witness = createDelivery().delivery;
    witness.offer([{ target: webhook(other.url), queued: message('c') }], none);
    await resultsOf(witness);
    expect([delivery.takeResults(), idsOf(other), log.lines]).toStrictEqual([[], ['c'], []]);
  });
});

test('what fires is asked for only where it is told', async () => {
  const standIn = await quick();
  const { delivery } = createDelivery();
  const asked: string[] = [];
  const firingOf = (name: string) => {
    asked.push(name);
    return none();
  };
  delivery.offer(
    [
      { target: webhook(standIn.url), queued: message('a') },
      { target: target('alertmanager', { url: standIn.url }, { name: 'am' }), queued: message('b') },
    ],
    firingOf,
  );
  await resultsOf(delivery, 2);
  expect(asked).toStrictEqual(['am']);
});

test('a mistake of our own is told in the log, and the try has failed', async () => {
  const { delivery, log } = createDelivery({ dashboardUrl: 'no address' });
  delivery.offer([{ target: webhook('http://127.0.0.1:1'), queued: message('a') }], none);
  const [result] = await resultsOf(delivery);
  expect([result?.outcome, log.messages('error').length]).toStrictEqual(['failed', 1]);
});
