import { errorText, type Logger, type TickOutcome } from '@mediamtx-monitor/runtime';
import type { Snapshot } from '../derive/index.ts';
import type { PublishResult } from '../publish/index.ts';

/** What became of a tick. */
export interface TickReport {
  /** Id of the server it was of. */
  readonly server: string;
  readonly snapshot: Snapshot;
  /** What Redis made of it, or the error that kept the tick from Redis. */
  readonly redis: TickOutcome | Error;
  /** Size of its messages in bytes; `null` when it did not get to Redis, as the next two are. */
  readonly messageBytes: PublishResult['messageBytes'] | null;
  /** Size of its array of streams in bytes, as JSON. */
  readonly streamsBytes: number | null;
  /** Time until Redis answered, in ms. */
  readonly publishMs: number | null;
  /** `null` = no file is wanted, there is nothing to write yet, or it is written later. */
  readonly file: 'written' | Error | null;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The line that tells how many streams were stored. */
export function storedLine(streams: number): string {
  return `✅ ${plural(streams, 'stream')} stored in Redis`;
}

/** The line that tells that the JSON file was written. */
export function savedLine(path: string): string {
  return `💾 JSON file saved: ${path}`;
}

/** Why a tick was not stored, as text; `null` when it was. */
export function redisFailure(redis: TickReport['redis']): string | null {
  if (redis === 'published') return null;
  if (redis === 'late') return 'Redis got the tick too late and left it out';
  if (redis === 'superseded') return 'another collector has taken over this server';
  return `Redis did not take the tick: ${errorText(redis)}`;
}

/** What to do about what Redis answers, by how that begins. */
const ADVICE: readonly (readonly [answer: RegExp, advice: string])[] = [
  [
    /^OOM/,
    'it is full: give it more memory (maxmemory), or keep less (EVENTS_MAX, SESSIONS_MAX, EVENTS_KEPT_DAYS, SESSIONS_KEPT_DAYS)',
  ],
  [/^READONLY/, 'it is a replica, which only reads: REDIS_DURABLE_URL has to name its primary'],
  [/^MISCONF/, 'it can’t write to its disk: make room there, and look into its log'],
  [
    /^(?:NOAUTH|WRONGPASS|NOPERM)/,
    'user and password of REDIS_DURABLE_URL, or the rights of that user, are not enough; docs/operations.md has them',
  ],
  [/^LOADING/, 'it still reads its file; it takes them once it has'],
  [
    /exhausted the last possible ID/,
    'a stream has an entry with the last id that there is: remove that stream',
  ],
];

/** Why Redis doesn't take events, and what to do where that is plain. */
export function appendFailure(error: Error): string {
  const said = errorText(error);
  const advice = ADVICE.find(([answer]) => answer.test(error.message))?.[1];
  return advice === undefined ? said : `${advice} (${said})`;
}

/** What was wrong with a tick, in one line for the operator; `null` when nothing was. */
export function troubleOf({ snapshot, redis }: Pick<TickReport, 'snapshot' | 'redis'>): string | null {
  // What follows the first line is for mediamtx.yml.
  const error = snapshot.source.error?.split('\n', 1) ?? [];
  const failure = redisFailure(redis);
  const all = [...error, ...(failure === null ? [] : [`not stored: ${failure}`])];
  return all.length === 0 ? null : all.join('; ');
}

/** How a tick went, in one line for the operator. */
export function describeTick(report: TickReport): string {
  const trouble = troubleOf(report);
  const { source, streams } = report.snapshot;
  const found = source.error === null ? [plural(streams.length, 'stream')] : [];
  return [...found, ...(trouble === null ? [] : [trouble])].join('; ');
}

/** From here on, Redis as it comes may cut off subscribers that are behind by one message. */
const LARGE_MESSAGE_BYTES = 8_000_000;
const BYTES_PER_MB = 1_000_000;

/** What is to be said of messages that are large, each by its topic. */
function largeMessages(messageBytes: PublishResult['messageBytes']): ReadonlyMap<string, string> {
  const large = Object.entries(messageBytes).filter(([, bytes]) => bytes > LARGE_MESSAGE_BYTES);
  return new Map(
    large.map(([topic, bytes]) => [
      topic,
      `the message with all ${topic} is ${(bytes / BYTES_PER_MB).toFixed(1)} MB large: Redis cuts off subscribers ` +
        'that are 8 MB behind for a minute, unless redis.conf has ' +
        '"client-output-buffer-limit pubsub 256mb 128mb 60", as compose.yaml has it; ' +
        'a longer POLL_INTERVAL_SECONDS gives them more time',
    ]),
  );
}

/** What was last logged of; where it hasn't changed there is nothing to log. */
interface Logged {
  readonly source: string;
  readonly redis: string;
  readonly file: string;
  readonly streams: number;
  readonly simulated: boolean;
}

/** Logs what changed from one tick of a server to the next, once a change; everything else is for debugging. */
export class TickLog {
  readonly #logger: Logger;
  readonly #jsonFile: string;
  #last: Logged = { source: '', redis: '', file: '', streams: -1, simulated: false };
  #lastLarge: ReadonlyMap<string, string> = new Map();

  /** @param jsonFile path of the file that ticks write; '' = none */
  constructor(logger: Logger, jsonFile: string) {
    this.#logger = logger;
    this.#jsonFile = jsonFile;
  }

  add({ snapshot, redis, messageBytes, file }: TickReport): void {
    const logger = this.#logger;
    const last = this.#last;
    const { source, streams, simulated, missing } = snapshot;
    const now = {
      source: source.error === null ? '' : `${source.status}: ${source.error}`,
      redis: redisFailure(redis) ?? '',
      file: file instanceof Error ? file.message : '',
      streams: streams.length,
      simulated,
    };
    if (now.source !== last.source) {
      if (now.source === '') logger.info('MediaMTX answers again');
      else {
        const setting = source.status === 'up' ? {} : { setting: 'MEDIAMTX_API_URL' };
        logger.warn(source.error ?? '', { ...setting, status: source.status, missing });
      }
    }
    if (now.simulated && !last.simulated)
      logger.warn('the numbers are simulated: MEDIAMTX_API_URL is a simulator');
    if (now.redis !== last.redis) {
      if (now.redis === '') logger.info('snapshots are stored in Redis again');
      else logger.warn(`not stored: ${now.redis}`);
    }
    if (now.file !== last.file && now.file !== '') logger.error(now.file);
    if (messageBytes !== null) this.#warnOfLarge(largeMessages(messageBytes));
    const level = now.streams === last.streams ? 'debug' : 'info';
    if (redis === 'published' && source.status === 'up') logger[level](storedLine(now.streams));
    if (file === 'written') logger[level](savedLine(this.#jsonFile));
    this.#last = redis === 'published' ? now : { ...now, streams: last.streams };
  }

  #warnOfLarge(large: ReadonlyMap<string, string>): void {
    for (const [topic, text] of large) if (!this.#lastLarge.has(topic)) this.#logger.warn(text);
    this.#lastLarge = large;
  }
}
