import type { RequestHandler } from 'express';
import type { Content, Feed, Fleet } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { RefusedError } from '../http/refusal.ts';
import { answerTo, type Charge, sendData } from './answer.ts';
import { fleetFor, noData, serverList } from '../http/servers-asked.ts';

/** The message of the only server; `undefined` where there are several, or it has none. */
export function snapshotOf({ ticks }: Fleet): Content | undefined {
  return ticks.length === 1 ? ticks[0]?.message?.content : undefined;
}

/** `GET /api/snapshot`: the newest message of one server, as it was published, or some of its streams. */
export function snapshot(feed: Feed, charge: Charge): RequestHandler {
  return async (request, response) => {
    const { server, stream } = readQuery(request.url, ['server', 'stream']);
    const fleet = await fleetFor(feed, server);
    const { ticks } = fleet;
    if (ticks.length > 1) {
      throw new RefusedError({
        code: 'server-required',
        detail: `There are several servers: ${serverList(ticks)}. Add ?server= with one of them.`,
      });
    }
    const [tick] = ticks;
    const whole = tick?.message?.content;
    if (tick === undefined || whole === undefined) throw noData();
    const part = (glob: string): Promise<Content> =>
      answerTo(
        { feed, charge, request },
        fleet,
        `snapshot ${glob}`,
        () => feed.filters.json(tick, glob) ?? whole.json,
      );
    const content = stream === undefined ? whole : await part(stream);
    await sendData(feed, request, response, { content, ticks });
  };
}
