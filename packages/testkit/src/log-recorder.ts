/** A logged line. */
export interface LoggedLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
}

/** Stands in for a service's logger and keeps its lines. */
export interface LogRecorder {
  readonly lines: readonly LoggedLine[];
  /** Messages of a level, in order. */
  readonly messages: (level: LoggedLine['level']) => string[];
  /** To be passed where a `Logger` of the runtime is wanted. */
  readonly logger: Record<LoggedLine['level'], (message: string) => void>;
}

export function createLogRecorder(): LogRecorder {
  const lines: LoggedLine[] = [];
  const record =
    (level: LoggedLine['level']) =>
    (message: string): void => {
      lines.push({ level, message });
    };
  return {
    lines,
    messages: (level) => lines.filter((line) => line.level === level).map((line) => line.message),
    logger: { error: record('error'), warn: record('warn'), info: record('info'), debug: record('debug') },
  };
}
