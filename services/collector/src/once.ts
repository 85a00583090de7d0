import { EXIT_CODES } from '@mediamtx-monitor/types';
import type { CollectorParts } from './app.ts';
import type { CollectorConfig } from './config.ts';
import { redisTrouble, savedLine, storedLine } from './report.ts';
import type { Logger } from '@mediamtx-monitor/runtime';

/** Polls once, stores, and resolves with the exit code. Redis stays untouched when MediaMTX gave no path list. */
export async function runOnce(
  { collect, redis }: CollectorParts,
  config: CollectorConfig,
  logger: Logger,
): Promise<number> {
  const observation = await collect.observe();
  if (observation.paths === null) {
    logger.error(observation.error ?? 'MediaMTX could not be read');
    return EXIT_CODES.failed;
  }
  if (observation.error !== null) logger.warn(observation.error, { missing: observation.missing });
  await redis.start();
  try {
    const report = await collect.store(observation);
    const trouble = redisTrouble(report.redis);
    if (trouble === null) logger.info(storedLine(report.snapshot.streams.length));
    else logger.error(`not stored: ${trouble}`);
    if (report.file === 'written') logger.info(savedLine(config.jsonFile));
    if (report.file instanceof Error) logger.error(report.file.message);
    if (trouble !== null) return EXIT_CODES.redisUnreachable;
    return report.file instanceof Error ? EXIT_CODES.fileNotWritten : EXIT_CODES.done;
  } finally {
    await redis.stop();
  }
}
