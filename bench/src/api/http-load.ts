/** Child process: asks a server again and again over many connections, and tells how many answers came. */
import { connect } from 'node:net';

export interface HttpLoad {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly durationMs: number;
}

const HEAD_END = '\r\n\r\n';

/** Asks over one connection, the next time when the answer is there; ends it when `isOver`. */
function askAgain({ port, path }: HttpLoad, isOver: () => boolean, onAnswer: () => void): Promise<void> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let missingBytes = 0;
  const next = (): void => {
    missingBytes = 0;
    if (isOver()) socket.end();
    else socket.write(request);
  };
  socket.once('connect', next);
  socket.on('data', (chunk) => {
    if (missingBytes === 0) missingBytes = answerBytes(chunk);
    missingBytes -= chunk.length;
    if (missingBytes > 0) return;
    onAnswer();
    next();
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => {
      resolve();
    });
  });
}

/** Length of the whole answer that begins with this chunk. */
function answerBytes(chunk: Buffer): number {
  const end = chunk.indexOf(HEAD_END);
  const head = chunk.toString('latin1', 0, end);
  const [, length] = /^content-length: (\d+)/im.exec(head) ?? [];
  if (end === -1 || !head.startsWith('HTTP/1.1 200') || length === undefined) {
    throw new Error(`not the answer that was hoped for: ${chunk.toString('latin1', 0, 200)}`);
  }
  return end + HEAD_END.length + Number(length);
}

async function run(load: HttpLoad): Promise<number> {
  const endMs = performance.now() + load.durationMs;
  let answers = 0;
  const asking = Array.from({ length: load.connections }, () =>
    askAgain(
      load,
      () => performance.now() >= endMs,
      () => {
        answers += 1;
      },
    ),
  );
  await Promise.all(asking);
  return answers;
}

process.on('message', (load: HttpLoad) => {
  void run(load).then((answers) => process.send?.(answers));
});
process.on('disconnect', () => process.exit());
