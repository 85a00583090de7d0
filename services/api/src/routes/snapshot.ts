import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { answerTo, sendData } from '../http/data.ts';
import { RefusedError } from '../http/refusal.ts';
import { dataAnswer, route } from '../http/route.ts';
import { canTell, fleetFor, noData, noneWithLabels, serverList } from '../http/servers.ts';
import type { Content, Fleet } from '../tick/index.ts';

/** The newest message of one server, as it was published, or some of its streams. */
export const snapshot = route({
  path: '/api/snapshot',
  method: 'get',
  parameters: ['server', 'label', 'stream'],
  answers: dataAnswer('The snapshot', streamsMessageSchema),
  problems: ['unknown-server', 'server-required', 'no-data'],
  described: {
    id: 'getSnapshot',
    tag: 'data',
    summary: 'Newest snapshot of one server',
    description: 'The message as it was published; with `stream` only the streams that match.',
  },
  hot: (_feed, fleet) => onlyMessage(fleet),
  handler: async ({ response, query: { stream, ...choice } }, context) => {
    const { feed } = context;
    const fleet = await fleetFor(feed, choice);
    const { ticks } = fleet;
    if (ticks.length > 1) {
      throw new RefusedError({
        code: 'server-required',
        detail: `There are several servers: ${serverList(ticks)}. Add ?server= with one of them.`,
      });
    }
    const [tick] = ticks;
    if (tick === undefined && choice.label !== undefined && canTell(feed)) throw noneWithLabels(feed);
    const whole = onlyMessage(fleet);
    if (tick === undefined || whole === undefined) throw noData(feed, choice);
    const part = (glob: string): Promise<Content> =>
      answerTo(
        context,
        response,
        fleet,
        `snapshot ${glob}`,
        () => feed.filters.json(tick, glob) ?? whole.json,
      );
    const content = stream === undefined ? whole : await part(stream);
    await sendData(response, feed, { content, ticks });
  },
});

/** The message of the only server; `undefined` where there are several, or it has none. */
function onlyMessage({ ticks }: Fleet): Content | undefined {
  return ticks.length === 1 ? ticks[0]?.message?.content : undefined;
}
