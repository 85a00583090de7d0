import { isPulled, SIMULATED_SECRET, type PulledType, type Stream } from '../world/model.ts';
import { writePullLink } from './link.ts';

/** A source that can't be reached is given up after so long, and tried again after a pause. */
const PAUSE_MS = 5_000;
const ATTEMPT_MS = 10_000;

/** What MediaMTX says of cameras that don't answer; what goes over HTTP quotes its address. */
const ERRORS: Readonly<Record<PulledType, string>> = {
  rtspSource: 'dial tcp 192.0.2.40:554: i/o timeout',
  rtmpSource: 'dial tcp 192.0.2.40:1935: i/o timeout',
  srtSource: "connection timeout. server didn't respond",
  webRTCSource: `Options "http://demo:***@192.0.2.40/cam/whep?token=${SIMULATED_SECRET}": dial tcp 192.0.2.40:80: i/o timeout`,
  hlsSource: `Get "http://demo:***@192.0.2.40/cam.m3u8?token=${SIMULATED_SECRET}": dial tcp 192.0.2.40:80: i/o timeout`,
};

/** A path's static source as JSON, at a monotonic time in ms; `null` if it has none. */
export function writeStaticSource(stream: Stream, nowMs: number): string | null {
  const { source, run, createdAt } = stream;
  if (!isPulled(source)) return null;
  const state = stateOf(stream, nowMs);
  const lastError = JSON.stringify(state === 'error' ? ERRORS[source] : '');
  const link = run?.pull == null ? 'null' : writePullLink(run.pull, nowMs);
  return `{"created":"${createdAt}","state":"${state}","lastError":${lastError},"type":"${source}","typeSpecific":${link}}`;
}

/** `running` is under way or streaming; a source that isn't there is paused and tried by turns. */
function stateOf({ run, conf, changedAtMs }: Stream, nowMs: number): 'idle' | 'running' | 'error' {
  if (run !== null) return 'running';
  if (conf.onDemand) return 'idle';
  return (nowMs - changedAtMs) % (PAUSE_MS + ATTEMPT_MS) < PAUSE_MS ? 'error' : 'running';
}
