import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Representation, writeHead } from './answer.ts';

/** So much of a body is written before its client has taken some of it, in bytes. */
const PIECE_BYTES = 65_536;

/** A body that is on its way to one client; others may take the same. */
export interface HeldBody {
  readonly body: Buffer;
}

/** Bodies that were made for a question, as long as any client takes of them. */
export class HeldBodies {
  readonly #held = new Map<Socket, HeldBody>();

  /** What a connection takes of. */
  of(socket: Socket): HeldBody | undefined {
    return this.#held.get(socket);
  }

  /**
   * Answers piece by piece as the client takes it: a body may be that of many clients, and is there once then. Resolves
   * when it is taken, or the client has left.
   */
  async send(response: ServerResponse, { status, head, body }: Representation): Promise<void> {
    const { socket } = response.req;
    this.#held.set(socket, { body });
    writeHead(response, status, head);
    // Who leaves before the end doesn't get the rest.
    await pipeline(Readable.from(piecesOf(body)), response).catch(() => undefined);
    this.#held.delete(socket);
  }
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
}
