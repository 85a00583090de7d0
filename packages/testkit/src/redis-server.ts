import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** A real redis-server of our own, without any file on disk. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Stops the process with SIGSTOP: it holds its sockets and answers nothing. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends the process; what it held is lost. */
  readonly stop: () => Promise<void>;
  /** Starts an empty server on the same port, after `stop`. */
  readonly start: () => Promise<void>;
}

function launch(port: number, settings: readonly string[]): ChildProcess {
  const child = spawn(
    'redis-server',
    [
      ...[
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--daemonize',
        'no',
        // On a busy machine a script that fills it takes long: others wait, as for any command.
        '--lua-time-limit',
        '60000',
      ],
      ...settings,
    ],
    { stdio: 'ignore' },
  );
  child.on('error', () => undefined);
  return child;
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await eventually(async () => {
      if (child.pid === undefined)
        throw new Error('redis-server is not installed: apt-get install redis-server');
      if (client.status !== 'ready') await client.connect();
      await client.ping();
    });
  } finally {
    client.disconnect();
  }
}

/**
 * Starts a redis-server on a free port of 127.0.0.1 and waits until it answers.
 * @param settings more of its settings, as on its command line
 */
export async function startRedisServer(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess = launch(port, settings);
  await answers(port, child);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    start: async () => {
      child = launch(port, settings);
      await answers(port, child);
    },
  };
}
