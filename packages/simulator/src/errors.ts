/** Stable codes of what the simulator refuses. */
export type SimulatorErrorCode =
  'stream-exists' | 'unknown-stream' | 'no-srt-publisher' | 'no-forward' | 'invalid-loss' | 'invalid-fault';

/** Thrown for a wrong call; the message says what to do. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SimulatorError';
    this.code = code;
  }
}
