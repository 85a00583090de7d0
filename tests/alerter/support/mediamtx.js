// A simulated MediaMTX as a program of its own: its streams are live, but for those that a file names.
// node mediamtx.js <port> <number of streams> <path of the file>
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { startSimulator } from '@mediamtx-monitor/simulator';

const LOOK_MS = 100;
const [port = '', streams = '', path = ''] = process.argv.slice(2);
const names = Array.from({ length: Number(streams) }, (_, index) => `cam ${index}`);

const simulator = await startSimulator({ port: Number(port), streams: 0, readersPerStream: 0 });
for (const name of names) simulator.addStream(name);

/** @type {ReadonlySet<string>} */
let away = new Set();

function look() {
  const now = new Set(JSON.parse(readFileSync(path, 'utf8')));
  for (const name of names) {
    if (now.has(name) !== away.has(name)) simulator.setStreamLive(name, !now.has(name));
  }
  away = now;
}

look();
setInterval(look, LOOK_MS);
