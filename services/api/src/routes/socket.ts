import { RefusedError } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { SOCKET_PATH } from '../live/index.ts';

/** The WebSocket's path, where it is asked for without an upgrade; what asks for one goes to the sockets. */
export const socket = route({
  path: SOCKET_PATH,
  method: 'get',
  isExact: true,
  parameters: 'any',
  answers: {},
  problems: ['upgrade-required'],
  described: null,
  channel: 'socket',
  handler: () => {
    throw new RefusedError({
      code: 'upgrade-required',
      detail:
        'There is a WebSocket here, but the request asks for none: if it did when it was sent, a proxy on the way ' +
        'has left Upgrade and Connection out and should pass them on. Server-Sent Events need no upgrade: /api/live.',
      headers: { Upgrade: 'websocket', Connection: 'Upgrade, close' },
    });
  },
});
