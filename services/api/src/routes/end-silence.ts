import { commandRoute } from '../http/command-route.ts';
import { RefusedError } from '../http/refusal.ts';

/** Ends a silence before its time. */
export const endSilence = commandRoute({
  path: '/api/silences/{id}',
  method: 'delete',
  problems: ['unknown-silence'],
  described: { id: 'endSilence', summary: 'End a silence before its time' },
  command: ({ head, by, name: id }) => {
    if (!head.silences.some((silence) => silence.id === id)) {
      const detail = 'There is no such silence, or not any more. GET /api/alerts lists what there is.';
      throw new RefusedError({ code: 'unknown-silence', detail });
    }
    return { command: { type: 'silence.delete', by, id } };
  },
});
