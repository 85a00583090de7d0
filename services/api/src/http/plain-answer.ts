import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Answers a request that offers another protocol (`Upgrade: h2c` of curl --http2 and Java's client) in plain
 * HTTP/1.1, as RFC 9110 allows; Node hands over the bare socket of any such request.
 */
export function answerPlainly(app: RequestListener, request: IncomingMessage, socket: Duplex): void {
  if (!(socket instanceof Socket)) {
    socket.destroy();
    return;
  }
  socket.on('error', () => socket.destroy());
  // Node's server reads this connection no more, so it's here that a client is seen to leave.
  socket.on('end', () => socket.end()).resume();
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => {
    response.detachSocket(socket);
    leave(socket);
  });
  app(request, response);
}

/** Time for a client to take the answer and close its side, in ms. */
const LINGER_MS = 1_000;

/** What still comes is read and dropped: closing on unread bytes would take the answer away from the client. */
function leave(socket: Socket): void {
  socket.end();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
