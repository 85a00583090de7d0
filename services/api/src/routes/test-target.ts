import { commandRoute } from '../http/command-route.ts';
import { refuseEarlyTest, targetAtWork } from '../http/targets.ts';

/** Has a message sent to a target, to see that it arrives. */
export const testTarget = commandRoute({
  path: '/api/targets/{target}/test',
  method: 'post',
  problems: ['unknown-target', 'target-gone', 'tested-already'],
  described: {
    id: 'testTarget',
    summary: 'Send a test to a target',
    description: 'One a minute each; what became of it is among the notifications.',
  },
  command: ({ head, ageMs, by, name: target }) => {
    refuseEarlyTest(targetAtWork(head, target), { ageMs });
    return { command: { type: 'target.test', by, target } };
  },
});
