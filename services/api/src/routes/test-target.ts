import { commandRoute } from '../http/command-route.ts';
import { RefusedError } from '../http/refusal.ts';

/** Has a message sent to a target, to see that it arrives. */
export const testTarget = commandRoute({
  path: '/api/targets/{target}/test',
  method: 'post',
  problems: ['unknown-target'],
  described: {
    id: 'testTarget',
    summary: 'Send a test to a target',
    description: 'One a minute each; what became of it is among the notifications.',
  },
  command: ({ head, by, name: target }) => {
    if (!head.targets.some(({ name }) => name === target)) {
      const names = head.targets.map(({ name }) => name).join(', ');
      const detail =
        names === '' ? 'No target is configured.' : `There is no such target; there is: ${names}.`;
      throw new RefusedError({ code: 'unknown-target', detail });
    }
    return { command: { type: 'target.test', by, target } };
  },
});
