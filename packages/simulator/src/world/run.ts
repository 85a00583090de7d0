import { identityFrom } from './clients.ts';
import { flowedMs, mediaSum, startFlow, type Flow } from './flow.ts';
import { goTime } from './go-time.ts';
import { linkFrom } from './link.ts';
import {
  isPulled,
  type ClientType,
  type Connection,
  type ForwardProtocol,
  type PulledType,
  type Run,
  type Stream,
  type World,
} from './model.ts';
import { planReaders } from './pattern.ts';
import { randomFrom, seedFrom, uuidFrom, type Random } from './random.ts';

const HANDSHAKE_MS = 400;
/** From the opening of the socket to the beginning of the session. */
const OPENING_MS = 40;

type Settings = Pick<World, 'seed' | 'calendar' | 'audience'>;

/** The clients whose numbers the link of a pulled source has. */
const PULLED_AS: Readonly<Record<PulledType, ClientType>> = {
  rtspSource: 'rtspSession',
  rtmpSource: 'rtmpConn',
  srtSource: 'srtConn',
  webRTCSource: 'webRTCSession',
  hlsSource: 'hlsSession',
};
/** The same of a forward. */
const FORWARDED_AS: Readonly<Record<ForwardProtocol, ClientType>> = {
  rtmp: 'rtmpConn',
  rtsp: 'rtspSession',
  srt: 'srtConn',
};

/**
 * Starts a stream anew: counters from 0, new ids. Readers join between its start and `nowMs`; with both
 * the same, at once.
 */
export function startRun(
  { seed, calendar, audience }: Settings,
  stream: Omit<Stream, 'run'>,
  startedAtMs: number,
  nowMs: number,
): Run {
  const traits = randomFrom(seedFrom(`${String(seed)}/${stream.name}`));
  const random = randomFrom(seedFrom(`${String(seed)}/${stream.name}/${String(stream.runs)}`));
  const flow = startFlow(traits, startedAtMs);
  const connect = (arrival: Omit<Arrival, 'path' | 'flow'>): Connection =>
    connectClient(calendar, random, { path: stream.name, flow, ...arrival });
  const { source, lossy } = stream;
  const pulled = isPulled(source);
  const incoming = connect({
    type: pulled ? PULLED_AS[source] : source,
    role: 'publish',
    joinedAtMs: startedAtMs,
    lossy,
    slow: false,
  });
  const readers = planReaders(stream.number, audience).map((plan) =>
    connect({ ...plan, role: 'read', joinedAtMs: startedAtMs + (nowMs - startedAtMs) * random() }),
  );
  const readyFraction = random();
  return {
    flow,
    firstMediaSum: mediaSum(flow, 0),
    readyTime: goTime(calendar, startedAtMs, readyFraction),
    onlineTime: goTime(calendar, startedAtMs, readyFraction + (1 - readyFraction) / 100),
    sourceId: pulled ? '' : incoming.id,
    publisher: pulled ? null : incoming,
    pull: pulled ? incoming : null,
    readers,
    forwards: stream.conf.forwards.map((_protocol, place) =>
      stream.failingForwards.includes(place)
        ? null
        : connectForward({ seed, calendar }, stream, place, flow, startedAtMs),
    ),
  };
}

/** Connects a stream to one of the places that it is sent on to. */
export function connectForward(
  { seed, calendar }: Pick<World, 'seed' | 'calendar'>,
  { name, conf, runs }: Pick<Stream, 'name' | 'conf' | 'runs'>,
  place: number,
  flow: Flow,
  nowMs: number,
): Connection {
  const random = randomFrom(seedFrom(`${String(seed)}/${name}/${String(runs)}/forward ${String(place)}`));
  return connectClient(calendar, random, {
    type: FORWARDED_AS[conf.forwards[place] ?? 'rtmp'],
    role: 'read',
    path: name,
    flow,
    joinedAtMs: nowMs,
    lossy: false,
    slow: false,
  });
}

interface Arrival extends Pick<Connection, 'type' | 'role' | 'path'> {
  readonly flow: Flow;
  readonly joinedAtMs: number;
  readonly lossy: boolean;
  readonly slow: boolean;
}

function connectClient(calendar: World['calendar'], random: Random, arrival: Arrival): Connection {
  const { type, role, path, flow, joinedAtMs } = arrival;
  const joinedFlowedMs = flowedMs(flow, joinedAtMs);
  const createdAtMs = joinedAtMs - HANDSHAKE_MS * random();
  const fraction = random();
  return {
    id: uuidFrom(random),
    type,
    role,
    path,
    opened: goTime(calendar, createdAtMs - OPENING_MS, fraction),
    created: goTime(calendar, createdAtMs, fraction),
    remoteAddr: `192.0.2.${String(1 + Math.floor(random() * 254))}:${String(32_768 + Math.floor(random() * 28_000))}`,
    ...identityFrom(random, type, role),
    flow,
    joinedFlowedMs,
    joinedMediaSum: mediaSum(flow, joinedFlowedMs),
    link: linkFrom(random, arrival),
  };
}
