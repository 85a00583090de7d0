/** Source of signals: the process. */
export type Signals = Pick<NodeJS.Process, 'on' | 'off'>;

/** Ctrl-C, a service manager's stop, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal calls `leave`, every later one `hurry`. Returns the function that ends this. */
export function heedSignals(signals: Signals, leave: () => void, hurry: () => void): () => void {
  let react = (): void => {
    react = hurry;
    leave();
  };
  const onSignal = (): void => {
    react();
  };
  for (const signal of SIGNALS) signals.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) signals.off(signal, onSignal);
  };
}
