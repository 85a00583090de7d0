import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number | undefined;
  /** Lines as they were sent, in alphabetical order; but for `Date`, which is another each second. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Asks for the path as it stands, and takes the answer as it is; clients that are kinder correct both. */
export async function askRaw(
  url: string,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: OutgoingHttpHeaders } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, path, method, headers, agent: false }, resolve).on('error', reject).end();
  });
  const lines = response.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 && name !== 'Date' ? [`${name}: ${all[index + 1] ?? ''}`] : [],
  );
  return { status: response.statusCode, headers: lines.sort(), body: await buffer(response) };
}

/** Sends bytes and resolves with all that comes back until the other side closes. */
export async function sendBytes(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}
