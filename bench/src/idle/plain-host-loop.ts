/** The peer of the host agent: every five seconds it stores three files of the kernel as they are. */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';

const INTERVAL_MS = 5_000;
const FILES = ['/proc/stat', '/proc/meminfo', '/proc/net/dev'];

const redis = new Redis(process.env['REDIS_URL'] ?? '');
setInterval(() => {
  void redis.set('plain-host', JSON.stringify(FILES.map((file) => readFileSync(file, 'utf8'))));
}, INTERVAL_MS);
process.on('disconnect', () => process.exit());
