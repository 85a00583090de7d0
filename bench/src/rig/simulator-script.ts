/**
 * A simulator in a process of its own; tells its address, and on each message which requests came so far.
 * usage: simulator-script.js <streams> all|srt-rtsp
 */
import { startSimulator } from '@mediamtx-monitor/simulator';

const [, , count = '', kind = ''] = process.argv;
const nowMs = (): number => performance.now();
const streams = Number(count);
const simulator =
  kind === 'all'
    ? await startSimulator({ streams, readersPerStream: 1, nowMs })
    : await startSimulator({ streams: 0, readersPerStream: 0, nowMs });
if (kind !== 'all') {
  for (let n = 0; n < streams; n += 1) {
    simulator.addStream(`camera-${n}`, n % 2 === 0 ? 'srtConn' : 'rtspSession');
  }
}
process.send?.(simulator.url);
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
process.on('message', () => {
  process.send?.({ lists: sum(simulator.requests), questions: sum(simulator.detailRequests) });
});
process.on('disconnect', () => process.exit());
