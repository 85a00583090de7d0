// winston's own types hide that its transports extend TransportStream.
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment */
import { createLogger as createWinston, format, transports } from 'winston';
import { fileFailure } from '../file-failure.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import type { LogSettings } from '../settings/log.ts';
import { humanLine } from './human-line.ts';
import { LogFile } from './log-file.ts';

/**
 * Logs one line; fields are added to it, without secrets: they hold what others said. A message is taken as it is, so
 * never pass a credential in it.
 */
type LogMethod = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What a service logs with. */
export type Logger = Readonly<Record<'error' | 'warn' | 'info' | 'debug', LogMethod>>;

export interface LoggerOptions {
  readonly service: string;
  readonly settings: LogSettings;
  /** Whether standard output is a terminal, on which lines are for people. */
  readonly isTerminal: boolean;
}

/** What isn't a field of whoever logs. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['level', 'message', 'timestamp', 'service']);

const withoutSecrets = format((line) => {
  for (const [name, value] of Object.entries(line)) {
    if (typeof value === 'string' && !OWN_FIELDS.has(name)) line[name] = maskSecrets(value);
  }
  return line;
});

const BYTES_PER_MB = 1_000_000;

/** Makes the logger of a service: standard output, and `LOG_FILE` where one is set. */
export function createLogger({ service, settings, isTerminal }: LoggerOptions): Logger {
  const human = settings.LOG_FORMAT === 'text' || (settings.LOG_FORMAT === 'auto' && isTerminal);
  const line = human ? format.printf(humanLine) : format.json();
  const logger = createWinston({
    level: settings.LOG_LEVEL,
    defaultMeta: { service },
    format: format.combine(withoutSecrets(), format.timestamp(), format.errors({ stack: true }), line),
    transports: [new transports.Console()],
  });
  const { LOG_FILE: path } = settings;
  if (path !== undefined) {
    const stream = new LogFile({
      path,
      maxBytes: settings.LOG_FILE_MAX_MB * BYTES_PER_MB,
      onFailure: (error) => {
        logger.error(
          `LOG_FILE ${path} can't be written: ${fileFailure(error)}; lines are missing there until it can`,
        );
      },
    });
    logger.add(new transports.Stream({ stream }));
  }
  return logger;
}
