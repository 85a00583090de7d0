import { identityFrom } from './clients.ts';
import { flowedMs, mediaSum, startFlow, type Flow } from './flow.ts';
import { goTime } from './go-time.ts';
import { linkFrom } from './link.ts';
import type { Connection, Run, Stream, World } from './model.ts';
import { planReaders } from './pattern.ts';
import { randomFrom, seedFrom, uuidFrom, type Random } from './random.ts';

const HANDSHAKE_MS = 400;
/** From the opening of the socket to the beginning of the session. */
const OPENING_MS = 40;

type Settings = Pick<World, 'seed' | 'calendar' | 'audience'>;

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
  const publisher =
    stream.source === 'rtspSource'
      ? null
      : connect({
          type: stream.source,
          role: 'publish',
          joinedAtMs: startedAtMs,
          lossy: stream.lossy,
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
    sourceId: publisher?.id ?? '',
    publisher,
    readers,
  };
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
