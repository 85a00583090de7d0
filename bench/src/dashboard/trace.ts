/** Longest task that nobody notices, in ms: as browsers define a long task. */
const LONG_TASK_MS = 50;

/** An event of Chromium's trace, as far as it matters here. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** What the processor worked for it, in µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * How long each long task of the pages' main threads took, in ms, from the trace that the browser wrote. Of processor
 * time: by the clock a task may wait long for the processor on a busy machine.
 */
export function longTasksMs(trace: Buffer): readonly number[] {
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
  return ofMain.map(({ tdur = 0 }) => tdur / 1_000).filter((ms) => ms > LONG_TASK_MS);
}
