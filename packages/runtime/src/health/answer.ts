import { type ServerResponse, STATUS_CODES } from 'node:http';
import { SAFE_HEADERS } from '../http/safe-headers.ts';

/** An answer of the health port, whole. */
export interface HealthAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** An answer as JSON, with a line end for people with curl. */
export function jsonAnswer(status: number, value: unknown): HealthAnswer {
  return { status, contentType: 'application/json', body: Buffer.from(`${JSON.stringify(value)}\n`) };
}

function headersOf({ contentType, body }: HealthAnswer) {
  return {
    'content-type': contentType,
    'content-length': body.length,
    'cache-control': 'no-store',
    ...SAFE_HEADERS,
  };
}

/** Answers a request; of HEAD, Node leaves out the body. */
export function send(response: ServerResponse, answer: HealthAnswer): void {
  response.writeHead(answer.status, headersOf(answer));
  response.end(answer.body);
}

/** The answer as it goes over the wire, to whoever sent what is no request; the connection ends with it. */
export function writtenOut(answer: HealthAnswer): string {
  const headers = Object.entries({ ...headersOf(answer), connection: 'close' });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  const { status, body } = answer;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body.toString()}`;
}
