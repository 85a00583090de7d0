import type { RequestHandler } from 'express';
import { type Feed, type Fleet, type RecordFields, streamOf, type Tick } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { RefusedError } from '../http/refusal.ts';
import { answerTo, type Charge, type Data, sendData } from './answer.ts';
import { recordsOf } from './record-list.ts';
import { fleetWithData, noData, serverList } from '../http/servers-asked.ts';
import { silentOf } from './silent.ts';
import { pathOf } from '../http/path.ts';

/** What stands before a stream's name in a path. */
export const STREAM_PATH = '/api/streams/';
const CONNECTIONS_SUFFIX = '/connections';
const MAX_SHOWN = 200;

/**
 * `GET /api/streams/{name}` and `GET /api/streams/{name}/connections`. A name may hold slashes, so the path is taken
 * as it was sent: the suffix is one only where the whole isn't a stream's name, and an encoded slash never begins it.
 */
export function stream(feed: Feed, charge: Charge): RequestHandler {
  return async (request, response) => {
    const { server } = readQuery(request.url, ['server']);
    const fleet = await fleetWithData(feed, server);
    const rest = pathOf(request.url).slice(STREAM_PATH.length);
    const whole = decodeURIComponent(rest);
    const isWhole = !rest.endsWith(CONNECTIONS_SUFFIX) || ownersOf(fleet, whole).length > 0;
    const asking = { feed, charge, request };
    const data = isWhole
      ? await streamData(asking, fleet, whole)
      : await connectionsData(asking, fleet, decodeURIComponent(rest.slice(0, -CONNECTIONS_SUFFIX.length)));
    await sendData(feed, request, response, data);
  };
}

type Asking = Parameters<typeof answerTo>[0];

async function streamData(asking: Asking, fleet: Fleet, name: string): Promise<Data> {
  const { feed } = asking;
  const own = fleet.of(ownerOf(feed, fleet, name).subject);
  const content = await answerTo(asking, own, `stream ${name}`, () =>
    Buffer.from(JSON.stringify(own.ticks.flatMap((tick) => recordsOf(tick)).find(isNamed(name)))),
  );
  return { content, ticks: own.ticks };
}

async function connectionsData(asking: Asking, fleet: Fleet, name: string): Promise<Data> {
  const { feed } = asking;
  const own = feed.servers.all('connections').of(ownerOf(feed, fleet, name).subject);
  if (!own.ticks.some((tick) => tick.hasData)) throw noData();
  const content = await answerTo(asking, own, `connections ${name}`, () => {
    const records = own.ticks.flatMap((tick) => recordsOf(tick));
    const items = records.filter((record) => streamOf('connections', record) === name);
    return Buffer.from(JSON.stringify({ items, total: items.length }));
  });
  return { content, ticks: own.ticks };
}

/** The only server that has a stream of that name; one that is silent may have been renamed. */
function ownerOf(feed: Feed, fleet: Fleet, name: string): Tick {
  const owners = ownersOf(fleet, name);
  const silent = silentOf(feed, fleet);
  const present = owners.filter((tick) => !silent.has(tick.subject));
  const [owner, ...others] = present.length > 0 ? present : owners;
  if (owner === undefined) {
    const servers = serverList(fleet.ticks);
    throw new RefusedError({
      code: 'unknown-stream',
      detail: `No stream "${name.slice(0, MAX_SHOWN)}" on ${servers}. GET /api/streams lists what there is.`,
    });
  }
  if (others.length > 0) {
    throw new RefusedError({
      code: 'server-required',
      detail: `It is on several servers: ${serverList([owner, ...others])}. Add ?server= with one of them.`,
    });
  }
  return owner;
}

function ownersOf({ ticks }: Fleet, name: string): readonly Tick[] {
  return ticks.filter((tick) => tick.records.some(isNamed(name)));
}

function isNamed(name: string): (record: RecordFields) => boolean {
  return (record) => record['name'] === name;
}
