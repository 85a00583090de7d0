import { errorText, type Logger } from '@mediamtx-monitor/runtime';
import type { TickReport } from './collect.ts';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The line that tells how many streams were stored. */
export function storedLine(streams: number): string {
  return `✅ ${plural(streams, 'stream')} stored in Redis`;
}

/** The line that tells that the JSON file was written. */
export function savedLine(path: string): string {
  return `💾 JSON file saved: ${path}`;
}

/** What a tick was not stored for, in words; `null` when it was stored. */
export function redisTrouble(redis: TickReport['redis']): string | null {
  if (redis === 'published') return null;
  if (redis === 'late') return 'Redis got the tick too late and left it out';
  if (redis === 'superseded') {
    return 'another collector publishes this server: stop one, or give it another MEDIAMTX_SERVER_ID';
  }
  return `Redis did not take the tick: ${errorText(redis)}`;
}

/** How a tick went, in one line for the operator. */
export function describeTick({ snapshot, redis }: TickReport): string {
  const { source, streams } = snapshot;
  // What follows the first line is for mediamtx.yml.
  const error = source.error?.split('\n', 1)[0];
  const found = error ?? plural(streams.length, 'stream');
  const trouble = redisTrouble(redis);
  return trouble === null ? found : `${found}; not stored: ${trouble}`;
}

/** From here on, Redis as it comes may cut off subscribers that are behind by one message. */
const LARGE_MESSAGE_BYTES = 8_000_000;
const BYTES_PER_MB = 1_000_000;

/** What is to be said of messages that are large, each by its topic. */
function largeMessages(messageBytes: TickReport['messageBytes']): ReadonlyMap<string, string> {
  const large = Object.entries(messageBytes ?? {}).filter(([, bytes]) => bytes > LARGE_MESSAGE_BYTES);
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

/** Logs what changed from tick to tick, once a change; everything else is for debugging. */
export function createReporter(logger: Logger, jsonFile: string): (report: TickReport) => void {
  let last = { source: '', redis: '', file: '', streams: -1, simulated: false };
  let lastLarge: ReadonlyMap<string, string> = new Map();

  return ({ snapshot, redis, messageBytes, file }) => {
    const { source, streams, simulated, missing } = snapshot;
    const now = {
      source: source.error === null ? '' : `${source.status}: ${source.error}`,
      redis: redisTrouble(redis) ?? '',
      file: file instanceof Error ? file.message : '',
      streams: streams.length,
      simulated,
    };
    if (now.source !== last.source) {
      if (now.source === '') logger.info('MediaMTX answers again');
      else logger.warn(source.error ?? '', { status: source.status, missing });
    }
    if (now.simulated && !last.simulated)
      logger.warn('the numbers are simulated: MEDIAMTX_API_URL is a simulator');
    if (now.redis !== last.redis) {
      if (now.redis === '') logger.info('snapshots are stored in Redis again');
      else logger.warn(`not stored: ${now.redis}`);
    }
    if (now.file !== last.file && now.file !== '') logger.error(now.file);
    if (messageBytes !== null) {
      const large = largeMessages(messageBytes);
      for (const [topic, words] of large) if (!lastLarge.has(topic)) logger.warn(words);
      lastLarge = large;
    }
    const level = now.streams === last.streams ? 'debug' : 'info';
    if (redis === 'published' && source.status === 'up') logger[level](storedLine(now.streams));
    if (file === 'written') logger[level](savedLine(jsonFile));
    last = redis === 'published' ? now : { ...now, streams: last.streams };
  };
}
