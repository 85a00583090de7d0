import { flowedMs, mediaSum, startFlow, type Flow } from './flow.ts';
import { goTime } from './go-time.ts';
import { linkFrom } from './link.ts';
import {
  SIMULATED_SECRET,
  type Connection,
  type ReaderType,
  type Run,
  type Stream,
  type World,
} from './model.ts';
import { randomFrom, seedFrom, uuidFrom, type Random } from './random.ts';

const READER_TYPES = ['srtConn', 'hlsSession', 'webRTCSession', 'rtspSession'] as const;
const HANDSHAKE_MS = 400;

type Settings = Pick<World, 'seed' | 'calendar' | 'readersPerStream'>;

/**
 * Starts a stream anew: counters from 0, new ids. Readers join between its start and `nowMs`; with both
 * the same, at once.
 */
export function startRun(
  settings: Settings,
  stream: Omit<Stream, 'run'>,
  startedAtMs: number,
  nowMs: number,
): Run {
  const traits = randomFrom(seedFrom(`${String(settings.seed)}/${stream.name}`));
  const random = randomFrom(seedFrom(`${String(settings.seed)}/${stream.name}/${String(stream.runs)}`));
  const flow = startFlow(traits, startedAtMs);
  const publisher =
    stream.source === 'rtspSource'
      ? null
      : connect(settings, random, {
          type: stream.source,
          role: 'publish',
          path: stream.name,
          flow,
          joinedAtMs: startedAtMs,
          lossy: stream.lossy,
        });
  const readers = Array.from({ length: settings.readersPerStream }, (_, index) =>
    connect(settings, random, {
      type: readerType(stream.number + index),
      role: 'read',
      path: stream.name,
      flow,
      joinedAtMs: startedAtMs + (nowMs - startedAtMs) * random(),
      lossy: (stream.number + index) % 24 === 8,
    }),
  );
  const readyFraction = random();
  return {
    flow,
    firstMediaSum: mediaSum(flow, 0),
    readyTime: goTime(settings.calendar, startedAtMs, readyFraction),
    onlineTime: goTime(settings.calendar, startedAtMs, readyFraction + (1 - readyFraction) / 100),
    sourceId: publisher?.id ?? '',
    publisher,
    readers,
  };
}

interface Arrival {
  readonly type: Connection['type'];
  readonly role: Connection['role'];
  readonly path: string;
  readonly flow: Flow;
  readonly joinedAtMs: number;
  readonly lossy: boolean;
}

function connect({ calendar }: Settings, random: Random, arrival: Arrival): Connection {
  const { type, role, path, flow, joinedAtMs, lossy } = arrival;
  const joinedFlowedMs = flowedMs(flow, joinedAtMs);
  const named = random() < 0.3;
  return {
    id: uuidFrom(random),
    type,
    role,
    path,
    created: goTime(calendar, joinedAtMs - HANDSHAKE_MS * random(), random()),
    remoteAddr: `192.0.2.${String(1 + Math.floor(random() * 254))}:${String(32_768 + Math.floor(random() * 28_000))}`,
    user: named ? 'demo' : '',
    query: named ? `user=demo&pass=${SIMULATED_SECRET}` : '',
    flow,
    joinedFlowedMs,
    joinedMediaSum: mediaSum(flow, joinedFlowedMs),
    link: linkFrom(random, lossy),
  };
}

function readerType(number: number): ReaderType {
  return READER_TYPES[number % READER_TYPES.length] ?? 'srtConn';
}
