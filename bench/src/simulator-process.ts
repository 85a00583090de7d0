/** A simulator in a process of its own; tells its address, and on each message how often each list was asked for. */
import { startSimulator } from '@mediamtx-monitor/simulator';

const streams = Number(process.argv[2]);
const simulator = await startSimulator({ streams, readersPerStream: 1, nowMs: () => performance.now() });
process.send?.({ url: simulator.url });
process.on('message', () => {
  process.send?.({ requests: simulator.requests });
});
process.on('disconnect', () => process.exit());
