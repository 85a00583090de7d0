/** Longest task that nobody notices, in ms: as browsers define a long task. */
const LONG_TASK_MS = 50;

/** What Chromium calls the threads of pages, and of their workers. */
const THREADS = { page: 'CrRendererMain', worker: 'DedicatedWorker thread' } as const;

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
 * How long each task of the pages' main threads took, or of their workers, in ms, from the trace that the browser wrote.
 * Of processor time: by the clock a task may wait long for the processor on a busy machine.
 * @throws when the trace has none
 */
export function taskTimesMs(trace: Buffer, of: keyof typeof THREADS): readonly number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === THREADS[of])
      .map(threadOf),
  );
  // Each task is traced a second time, as ThreadControllerImpl::RunTask.
  const tasks = traceEvents.filter(
    (event) => event.ph === 'X' && event.name === 'RunTask' && threads.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error(`the browser traced no task of the ${of}`);
  return tasks.map(({ tdur = 0 }) => tdur / 1_000);
}

/** Those of the tasks that people may notice. */
export function longTasks(timesMs: readonly number[]): readonly number[] {
  return timesMs.filter((ms) => ms > LONG_TASK_MS);
}
