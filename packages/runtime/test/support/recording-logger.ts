import type { Logger } from '../../src/log/logger.ts';

/** A logger that keeps its lines, each as `level message`. */
export interface RecordingLogger {
  readonly logger: Logger;
  readonly lines: string[];
}

export function createRecordingLogger(): RecordingLogger {
  const lines: string[] = [];
  const log = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`);
  };
  return {
    lines,
    logger: { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') },
  };
}
