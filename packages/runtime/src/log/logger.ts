// winston's own types hide that its transports extend TransportStream.
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment */
import { createLogger as createWinston, format, transports, type Logger as WinstonLogger } from 'winston';
import type { SettingValues } from '../settings/catalog.ts';
import { humanLine } from './human-line.ts';

/** What a service logs with. Fields are added to the line; never pass a credential. */
export type Logger = Pick<WinstonLogger, 'error' | 'warn' | 'info' | 'debug'>;

export interface LoggerOptions {
  readonly service: string;
  readonly settings: Pick<SettingValues, 'LOG_LEVEL' | 'LOG_FORMAT' | 'LOG_FILE' | 'LOG_FILE_MAX_MB'>;
  /** Whether standard output is a terminal, on which lines are for people. */
  readonly isTerminal: boolean;
}

const BYTES_PER_MB = 1_000_000;
const FILES_KEPT = 3;

/** Makes the logger of a service: standard output, and `LOG_FILE` where one is set. */
export function createLogger({ service, settings, isTerminal }: LoggerOptions): Logger {
  const human = settings.LOG_FORMAT === 'text' || (settings.LOG_FORMAT === 'auto' && isTerminal);
  const line = human ? format.printf(humanLine) : format.json();
  const logger = createWinston({
    level: settings.LOG_LEVEL,
    defaultMeta: { service },
    format: format.combine(format.timestamp(), format.errors({ stack: true }), line),
    transports: [new transports.Console()],
  });
  if (settings.LOG_FILE !== undefined) {
    const file = new transports.File({
      filename: settings.LOG_FILE,
      maxsize: settings.LOG_FILE_MAX_MB * BYTES_PER_MB,
      maxFiles: FILES_KEPT,
      tailable: true,
    });
    file.on('error', (error: Error) => {
      logger.remove(file);
      logger.error(`LOG_FILE can't be written and is left out: ${error.message}`);
    });
    logger.add(file);
  }
  return logger;
}
