import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Choices } from './random.ts';
import { pieces } from './wire.ts';

/** How long a connection is held at most, in ms: some sit there, and some read nothing meanwhile. */
const MAX_HELD_MS = 1_500;

/** One connection of a stranger: sends, reads or doesn't, stays, closes its side, or is torn down. */
export async function attack(port: number, choices: Choices): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: choices.chance(0.3) });
  const closed = once(socket, 'close').catch(() => undefined);
  socket.on('error', () => undefined);
  if (choices.chance(0.7)) socket.resume();
  else socket.pause();
  const isSlow = choices.chance(0.2);
  for (const piece of pieces(choices)) {
    if (socket.destroyed) return;
    socket.write(piece);
    if (isSlow) await delay(choices.below(200));
  }
  const leaving = choices.below(4);
  if (leaving === 0) socket.end();
  else if (leaving === 1) socket.resetAndDestroy();
  else await Promise.race([closed, delay(choices.below(MAX_HELD_MS))]);
  if (leaving === 0) await Promise.race([closed, delay(MAX_HELD_MS)]);
  socket.destroy();
  await closed;
}
