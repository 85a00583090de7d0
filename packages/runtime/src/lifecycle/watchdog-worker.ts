import { writeSync } from 'node:fs';
import { type Debugger, Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';

/** What the thread that watches gets from the one it watches. */
export interface WatchdogOrders {
  /** Its first number grows while the event loop turns. */
  readonly beats: Int32Array;
  /** Time in ms between two looks. */
  readonly checkMs: number;
  /** Looks in a row that may find no beat. */
  readonly checks: number;
}

const STDERR = 2;
/** Time that the stuck thread gets to say where it is, and to end in order. */
const FAREWELL_MS = 1_000;
const SHOWN_FRAMES = 10;

const { beats, checkMs, checks } = workerData as WatchdogOrders;
let seen = Atomics.load(beats, 0);
let looks = 0;

// One look counts as much however late it is: a process that was stopped for an hour has lost one, not 3600.
const timer = setInterval(() => {
  const now = Atomics.load(beats, 0);
  looks = now === seen ? looks + 1 : 0;
  seen = now;
  if (looks < checks) return;
  clearInterval(timer);
  say(`the event loop stood still for ${checks * checkMs} ms; this service ends to be started anew`);
  end();
}, checkMs);

function say(text: string): void {
  writeSync(STDERR, `watchdog: ${text}\n`);
}

/**
 * Ends the process with 1, from within the thread that is stuck: only there can it be done, and a debugger gets there
 * wherever JavaScript runs or waits. Where that is too deep in something else, a signal that nobody can hold up does it.
 */
function end(): void {
  setTimeout(() => {
    process.kill(process.pid, 'SIGKILL');
  }, FAREWELL_MS);
  const session = new Session();
  session.connectToMainThread();
  session.once('Debugger.paused', ({ params: { callFrames } }) => {
    say(`it was at\n${callFrames.slice(0, SHOWN_FRAMES).map(frameLine).join('\n')}`);
    const callFrameId = callFrames[0]?.callFrameId ?? '';
    session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'process.exit(1)' });
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

function frameLine({ functionName, url, location }: Debugger.CallFrame): string {
  const where = `${url}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
  return `    at ${functionName === '' ? '<anonymous>' : functionName} (${where})`;
}
