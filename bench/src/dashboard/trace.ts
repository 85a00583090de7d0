/** Longest task that nobody notices, in ms: as browsers define a long task. */
const LONG_TASK_MS = 50;

/** An event of Chromium's trace, as far as it matters here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Time in µs, by the clock; and what of it the processor worked for it. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** How long each long task took, in ms. On a busy machine a task may wait long for the processor. */
export interface LongTasks {
  readonly byClockMs: readonly number[];
  readonly byProcessorMs: readonly number[];
}

/** The long tasks of the page's main thread, from the trace that the browser wrote. */
export function longTasks(trace: Buffer): LongTasks {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const tasks = traceEvents.filter(
    ({ name, ph }) => ph === 'X' && /^(?:RunTask|ThreadControllerImpl::RunTask)$/.test(name),
  );
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const ofMain = tasks.filter((task) => mains.has(threadOf(task)));
  if (ofMain.length === 0) throw new Error('the browser traced no task of the page');
  return {
    byClockMs: ofMain.map(({ dur = 0 }) => dur / 1_000).filter(isLong),
    byProcessorMs: ofMain.map(({ tdur = 0 }) => tdur / 1_000).filter(isLong),
  };
}

function isLong(ms: number): boolean {
  return ms > LONG_TASK_MS;
}

/** How many there were and how long the longest took, by the clock and by processor time. */
export function longTaskCells({
  byClockMs,
  byProcessorMs,
}: LongTasks): [byClock: string, byProcessor: string] {
  const cell = (all: readonly number[]): string =>
    all.length === 0 ? '0' : `${all.length}, ${Math.round(Math.max(...all))} ms`;
  return [cell(byClockMs), cell(byProcessorMs)];
}
