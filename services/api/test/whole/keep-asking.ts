import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface WholeAnswer {
  readonly status: number;
  /** Head and body. */
  readonly text: string;
}

const HEAD_END = '\r\n\r\n';

/** Sends raw requests one after the other over one connection, and over a new one where the other side closed it. */
export class KeepAsking {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** Resolves with the answer, or with status 0 where the connection was closed without one. */
  async ask(request: Buffer): Promise<WholeAnswer> {
    const socket = await this.#connected();
    const chunks: Buffer[] = [];
    const answer = await new Promise<WholeAnswer>((resolve) => {
      const whole = (): WholeAnswer | undefined => answerIn(Buffer.concat(chunks));
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        const found = whole();
        if (found !== undefined) resolve(found);
      });
      socket.once('close', () => {
        resolve(whole() ?? { status: 0, text: Buffer.concat(chunks).toString() });
      });
      socket.write(request);
    });
    socket.removeAllListeners('data').removeAllListeners('close');
    if (/^Connection: close/im.test(answer.text)) this.close();
    return answer;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connected(): Promise<Socket> {
    if (this.#socket !== undefined && this.#socket.readyState === 'open') return this.#socket;
    const socket = connect(this.#port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    this.#socket = socket;
    return socket;
  }
}

/** The final answer, once it is complete: those with 1xx come before it. */
function answerIn(bytes: Buffer): WholeAnswer | undefined {
  const text = bytes.toString('latin1');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const end = text.indexOf(HEAD_END);
  if (end === -1) return undefined;
  if (status >= 100 && status < 200) return answerIn(bytes.subarray(end + HEAD_END.length));
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  const isWhole = bytes.length >= end + HEAD_END.length + length;
  return isWhole ? { status, text } : undefined;
}
