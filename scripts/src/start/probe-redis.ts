import { connect } from 'node:net';
import { parseRedisUrl } from '@mediamtx-monitor/runtime';

/**
 * `ready`: it takes commands; `loading`: it will, once it has read its file; `refuses`: it is there but wants a password
 * or TLS; `none`: nobody is there.
 */
export type RedisAnswer = 'ready' | 'loading' | 'refuses' | 'none';

const TIMEOUT_MS = 2_000;

/** What a reply to PING tells. */
function meaningOf(reply: string): RedisAnswer {
  if (reply.startsWith('+PONG')) return 'ready';
  if (reply.startsWith('-LOADING')) return 'loading';
  return reply.startsWith('-') ? 'refuses' : 'none';
}

/** Asks who answers at a `redis://` address, without a password. */
export function probeRedis(url: string): Promise<RedisAnswer> {
  const { host, port } = parseRedisUrl(url);
  return new Promise((resolve) => {
    const socket = connect({ host: host ?? '', port });
    const settle = (answer: RedisAnswer): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(TIMEOUT_MS, () => {
      settle('none');
    });
    socket.on('error', () => {
      settle('none');
    });
    socket.on('close', () => {
      settle('none');
    });
    socket.on('data', (data) => {
      settle(meaningOf(data.toString('latin1')));
    });
    socket.write('PING\r\n');
  });
}
