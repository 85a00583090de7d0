import { type MetricSample, parseMetrics } from '@mediamtx-monitor/testkit';
import { redisNames, type MessageHead, type Reason, type StreamRecord } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

/** Where people and programs are told of streams and servers. */
export type OutputName = 'key' | 'rest' | 'websocket' | 'metrics';

/**
 * What is told of a stream, as `missing warning off-air/warning`: state, health, and each reason with its severity in
 * the alphabet's order; `nothing` of one that isn't told of. Of a server `up` or `not up`, and its reasons.
 */
export type Verdict = string;

/** A message of a server's streams, as far as it is needed here. */
export interface PublishedStreams extends Pick<MessageHead, 'seq' | 'source' | 'reasons'> {
  readonly streams: readonly Pick<StreamRecord, 'name' | 'state' | 'health' | 'reasons'>[];
}

/** Reads what every output tells of the one server there is. */
export interface Outputs {
  /** What each tells of a stream, in this tick or a later one. */
  readonly ofStream: (name: string, seq: number) => Promise<Readonly<Record<OutputName, Verdict>>>;
  /** The same of the server itself. */
  readonly ofServer: (seq: number) => Promise<Readonly<Record<OutputName, Verdict>>>;
  readonly stop: () => Promise<void>;
}

export interface OutputOptions {
  readonly redis: { readonly url: string; readonly prefix: string };
  readonly apiUrl: string;
  /** Waits for the first message of this tick or a later one, as a WebSocket client gets it. */
  readonly message: (seq: number) => Promise<PublishedStreams>;
  /** Calls until it doesn't throw any more. */
  readonly eventually: <T>(check: () => Promise<T>) => Promise<T>;
}

/** The same in every output. */
export const everywhere = (verdict: Verdict): Readonly<Record<OutputName, Verdict>> => ({
  key: verdict,
  rest: verdict,
  websocket: verdict,
  metrics: verdict,
});

const reasonsIn = (reasons: readonly Pick<Reason, 'code' | 'severity'>[]): string[] =>
  [...new Set(reasons.map(({ code, severity }) => `${code}/${severity}`))].sort();

/** What a list of records tells of a stream. */
export function verdictIn(streams: PublishedStreams['streams'], name: string): Verdict {
  const record = streams.find((stream) => stream.name === name);
  if (record === undefined) return 'nothing';
  return [record.state, record.health, ...reasonsIn(record.reasons)].join(' ');
}

/** What a head tells of its server. */
export function serverVerdict({
  source,
  reasons = [],
}: Pick<PublishedStreams, 'source' | 'reasons'>): Verdict {
  return [source.status === 'up' ? 'up' : 'not up', ...reasonsIn(reasons)].join(' ');
}

export function createOutputs({ redis: place, apiUrl, message, eventually }: OutputOptions): Outputs {
  const redis = new Redis(place.url);
  const names = redisNames(place.prefix);
  const fetchJson = async (path: string): Promise<unknown> => (await fetch(`${apiUrl}${path}`)).json();

  const keys = async (seq: number) => {
    const [meta, latest] = await redis.mget(names.streamsMeta('main'), names.latest('streams', 'main'));
    const head = JSON.parse(meta ?? 'null') as PublishedStreams | null;
    mustHaveCome(head?.seq, seq);
    return {
      ...(head as PublishedStreams),
      streams: JSON.parse(latest ?? '[]') as PublishedStreams['streams'],
    };
  };
  const server = async (seq: number): Promise<PublishedStreams> => {
    const { items } = (await fetchJson('/api/servers')) as { items: readonly PublishedStreams[] };
    const [one] = items;
    mustHaveCome(one?.seq, seq);
    return one as PublishedStreams;
  };
  /** Values of a metric of streams or of the server, as told after that tick. */
  const samples = async (seq: number): Promise<(name: string) => readonly MetricSample[]> => {
    await server(seq);
    const families = parseMetrics(await (await fetch(`${apiUrl}/metrics/streams`)).text());
    return (name) => families.get(`mediamtx_monitor_${name}`)?.samples ?? [];
  };
  return {
    ofStream: async (name, seq) => ({
      key: verdictIn((await eventually(() => keys(seq))).streams, name),
      rest: await eventually(async () => {
        await server(seq);
        const { items } = (await fetchJson('/api/streams')) as { items: PublishedStreams['streams'] };
        return verdictIn(items, name);
      }),
      websocket: verdictIn((await message(seq)).streams, name),
      metrics: await eventually(async () => streamInMetrics(await samples(seq), name)),
    }),
    ofServer: async (seq) => ({
      key: serverVerdict(await eventually(() => keys(seq))),
      rest: serverVerdict(await eventually(() => server(seq))),
      websocket: serverVerdict(await message(seq)),
      metrics: await eventually(async () => serverInMetrics(await samples(seq))),
    }),
    stop: async () => {
      await redis.quit();
    },
  };
}

function mustHaveCome(come: number | undefined, wanted: number): void {
  if (come === undefined || come < wanted) throw new Error(`tick ${wanted} hasn't come yet`);
}

function streamInMetrics(samplesOf: (name: string) => readonly MetricSample[], name: string): Verdict {
  const labels = (family: string) =>
    samplesOf(family).flatMap((sample) => (sample.labels['stream'] === name ? [sample.labels] : []));
  const [state] = labels('stream_state');
  const [health] = labels('stream_health');
  if (state === undefined || health === undefined) return 'nothing';
  return [state['state'], health['health'], ...labelledReasons(labels('stream_reason'))].join(' ');
}

function serverInMetrics(samplesOf: (name: string) => readonly MetricSample[]): Verdict {
  const isUp = samplesOf('server_up')[0]?.value === 1;
  return [
    isUp ? 'up' : 'not up',
    ...labelledReasons(samplesOf('server_reason').map(({ labels }) => labels)),
  ].join(' ');
}

function labelledReasons(all: readonly MetricSample['labels'][]): string[] {
  return all.map(({ reason, severity }) => `${String(reason)}/${String(severity)}`).sort();
}
