import { connectMonitor } from '@mediamtx-monitor/client';
import type { PageMessage, WorkerMessage } from './exchange.ts';
import { FleetWorker, type FleetWorkerPorts } from './fleet-worker.ts';

/** What comes within this time is shown with one picture, in ms. */
const PICTURE_MS = 16;

const PORTS: FleetWorkerPorts = {
  connect: connectMonitor,
  onNextPicture: (run) => {
    setTimeout(run, PICTURE_MS);
  },
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  everySecond: (run) => {
    setInterval(run, 1000);
  },
  monotonicMs: () => performance.now(),
};

/** Where the page is heard: a worker's own scope has it, and each end of a channel. */
export interface PagePort {
  onmessage: ((event: MessageEvent<PageMessage>) => void) | null;
  postMessage(message: WorkerMessage): void;
}

/** Does the worker's work for the page at the other end. */
export function runFleetWorker(port: PagePort): void {
  let worker: FleetWorker | undefined;
  port.onmessage = ({ data }) => {
    if (data.type !== 'start') worker?.take(data);
    else {
      worker = new FleetWorker(data, PORTS, (message) => {
        port.postMessage(message);
      });
    }
  };
}
