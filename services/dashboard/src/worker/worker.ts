import { runFleetWorker } from './run.ts';

runFleetWorker(globalThis);
