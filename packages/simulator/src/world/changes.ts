import { SimulatorError } from '../errors.ts';
import { newStream, restarted, stopped, withStreams } from './fleet.ts';
import { freezeFlow } from './flow.ts';
import { carriedMs, changeLoss } from './loss.ts';
import {
  PLAIN,
  type Connection,
  type PathConf,
  type Run,
  type SourceType,
  type Stream,
  type World,
} from './model.ts';
import { connectForward } from './run.ts';

/** Adds a stream that starts now. Any name will do. */
export function addStream(
  world: World,
  name: string,
  source: SourceType,
  nowMs: number,
  conf: Partial<PathConf> = {},
): World {
  if (world.streams.some((stream) => stream.name === name)) {
    throw new SimulatorError('stream-exists', `There is a stream called ${JSON.stringify(name)} already.`);
  }
  const { length: number } = world.streams;
  const what = { name, number, source, lossy: false, conf: { ...PLAIN, ...conf } };
  const stream = newStream(world.calendar, what, nowMs);
  return withStreams(world, [...world.streams, restarted(world, stream, nowMs, nowMs)]);
}

/** Takes a stream out of the list, as MediaMTX does with one that no configuration names. */
export function removeStream(world: World, name: string): World {
  const left = findStream(world, name);
  return withStreams(
    world,
    world.streams.filter((stream) => stream !== left),
  );
}

/** Stops a stream, or starts it anew (also one that is live: a second publisher takes over). */
export function setStreamLive(world: World, name: string, live: boolean, nowMs: number): World {
  return changeStream(world, name, (stream) =>
    live ? restarted(world, stream, nowMs, nowMs) : stopped(stream, nowMs),
  );
}

/** Lets a stream's media stop while it stays ready, or go on. Does nothing to one that isn't live. */
export function setStreamFrozen(world: World, name: string, frozen: boolean, nowMs: number): World {
  return changeRun(world, name, (run) => {
    const flow = freezeFlow(run.flow, frozen, nowMs);
    return {
      ...run,
      flow,
      publisher: run.publisher && { ...run.publisher, flow },
      pull: run.pull && { ...run.pull, flow },
      readers: run.readers.map((reader) => ({ ...reader, flow })),
      forwards: run.forwards.map((forward) => forward && { ...forward, flow }),
    };
  });
}

/** From now on the last of the places that a stream is sent on to can't be reached, or can again. */
export function setForwardFailing(world: World, name: string, failing: boolean, nowMs: number): World {
  return changeStream(world, name, (stream) => {
    const place = stream.conf.forwards.length - 1;
    if (place < 0) {
      throw new SimulatorError('no-forward', `${JSON.stringify(name)} isn't sent on to anywhere.`);
    }
    const { run } = stream;
    const link = run === null || failing ? null : connectForward(world, stream, place, run.flow, nowMs);
    return {
      ...stream,
      failingForwards: failing ? [place] : [],
      run: run && { ...run, forwards: run.forwards.with(place, link) },
    };
  });
}

/** From now on a stream's SRT publisher loses this share of its packets, exactly. */
export function setLinkLoss(world: World, name: string, percent: number, nowMs: number): World {
  if (!(percent >= 0 && percent <= 100)) {
    throw new SimulatorError('invalid-loss', `Loss must be from 0 to 100 percent; it is ${percent}.`);
  }
  if (publisherOf(world, name)?.type !== 'srtConn') {
    throw new SimulatorError('no-srt-publisher', `Nothing publishes ${JSON.stringify(name)} by SRT.`);
  }
  return changeRun(world, name, (run) => ({
    ...run,
    publisher: run.publisher && withLoss(run.publisher, percent / 100, nowMs),
  }));
}

/** The client that publishes a stream; `null` if none does. */
export function publisherOf(world: World, name: string): Connection | null {
  return findStream(world, name).run?.publisher ?? null;
}

function withLoss(connection: Connection, ratio: number, nowMs: number): Connection {
  const { link } = connection;
  const loss = changeLoss(link.loss, ratio, carriedMs(connection, nowMs));
  return { ...connection, link: { ...link, loss } };
}

function changeRun(world: World, name: string, change: (run: Run) => Run): World {
  return changeStream(world, name, (stream) =>
    stream.run === null ? stream : { ...stream, run: change(stream.run) },
  );
}

function changeStream(world: World, name: string, change: (stream: Stream) => Stream): World {
  const changing = findStream(world, name);
  return withStreams(
    world,
    world.streams.map((stream) => (stream === changing ? change(stream) : stream)),
  );
}

function findStream(world: World, name: string): Stream {
  const found = world.streams.find((stream) => stream.name === name);
  if (found === undefined) {
    throw new SimulatorError('unknown-stream', `There is no stream called ${JSON.stringify(name)}.`);
  }
  return found;
}
