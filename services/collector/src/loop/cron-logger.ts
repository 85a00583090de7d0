import type { Logger } from '@mediamtx-monitor/runtime';
import type { Logger as CronLogger } from 'node-cron';

/** node-cron's own messages, for our log. Missed runs are counted, so its warnings are for debugging only. */
export function createCronLogger(logger: Logger): CronLogger {
  const text = (message: string | Error): string => (message instanceof Error ? message.message : message);
  return {
    debug: (message) => {
      logger.debug(`node-cron: ${text(message)}`);
    },
    info: (message) => {
      logger.debug(`node-cron: ${message}`);
    },
    warn: (message) => {
      logger.debug(`node-cron: ${message}`);
    },
    error: (message) => {
      logger.error(`node-cron: ${text(message)}`);
    },
  };
}
