import { afterEach, expect, jest, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { alert, news, target } from '../support/messages.ts';
import { startStandIn } from '../support/stand-in.ts';
import { createDelivery, queued, resultsOf } from '../support/tried.ts';

afterEach(() => {
  jest.useRealTimers();
});

test('a try takes 15 s and no longer', async () => {
  const silent = await startStandIn(() => undefined);
  // Connections go on as ever: only the limit is by a clock that is moved by hand.
  jest.useFakeTimers({
    doNotFake: [
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'Date',
      'performance',
    ],
  });
  const { delivery } = createDelivery();
  const [to, one] = [target('webhook', { url: silent.url }), queued(news({ fired: [alert()] }, 'a'))];
  delivery.offer([{ target: to, queued: one }], () => ({ firing: [], ended: [] }));
  await eventually(() => {
    expect(silent.requests).toHaveLength(1);
  });
  await jest.advanceTimersByTimeAsync(14_999);
  expect(delivery.takeResults()).toStrictEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(await resultsOf(delivery)).toMatchObject([
    { outcome: 'failed', error: 'it didn’t answer within 15 s' },
  ]);
  delivery.stop();
  await silent.close();
});
