import { type AlertsHead, MAX_SILENCE_MS, MAX_SILENCES, type SilenceRequest } from '@mediamtx-monitor/types';
import { silenceRequestSchema } from '@mediamtx-monitor/types/schemas';
import { commandRoute } from '../http/command-route.ts';
import { RefusedError } from '../http/refusal.ts';

/** Has nobody told of some alerts for a while. */
export const silences = commandRoute({
  path: '/api/silences',
  method: 'post',
  body: { schema: silenceRequestSchema, required: true },
  problems: ['too-many-silences'],
  described: {
    id: 'addSilence',
    summary: 'Have nobody told of some alerts for a while',
    description:
      'What all of `server`, `labels`, `host`, `stream` and `reason` select that are given; at least one is needed, and `host` ' +
      'goes with `reason` alone. Its author is the name of the token.',
  },
  command: ({ head, by, body }, { feed, newId }) => {
    const request = body as SilenceRequest;
    const { server = null, labels = null, host = null, stream = null, reason = null, comment } = request;
    const until = untilOf(request, feed.redisMs);
    refuseTooMany(head);
    const id = newId();
    const createdAt = new Date(feed.redisMs).toISOString();
    const silence = {
      id,
      server,
      ...(labels && { labels }),
      host,
      stream,
      reason,
      comment,
      createdAt,
      until,
    };
    return { command: { type: 'silence.add', by, silence }, id };
  },
});

/** When it ends, in UTC. @param nowMs Redis's clock, by which the alerter ends it */
function untilOf({ until }: SilenceRequest, nowMs: number): string {
  const untilMs = Date.parse(until);
  if (untilMs > nowMs && untilMs <= nowMs + MAX_SILENCE_MS) return new Date(untilMs).toISOString();
  const detail = `"until" has to be after ${new Date(nowMs).toISOString()}, and at most 30 days.`;
  throw new RefusedError({ code: 'invalid-body', detail });
}

function refuseTooMany({ silences: held }: AlertsHead): void {
  if (held.length < MAX_SILENCES) return;
  throw new RefusedError({
    code: 'too-many-silences',
    detail: `There are ${held.length} silences, and at most ${MAX_SILENCES} are possible. End some first.`,
  });
}
