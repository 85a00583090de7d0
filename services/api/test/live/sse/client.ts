import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { atEnd } from '../../bench.ts';

export interface EventBlock {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

export interface EventReader {
  readonly response: IncomingMessage;
  /** Everything that came so far. */
  readonly text: () => string;
  /** The events so far. */
  readonly blocks: () => EventBlock[];
  /** The same, in short: `b:5:7 streams` for a tick, `status` for a status. */
  readonly short: () => string[];
  /** Resolves when the answer has ended, properly or not. */
  readonly ended: Promise<void>;
}

/** Reads events as the HTML standard says, but for the retry time. */
function blocksIn(text: string): EventBlock[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
    }
    const data = fields.get('data');
    return data === undefined
      ? []
      : [{ id: fields.get('id'), event: fields.get('event') ?? 'message', data }];
  });
}

/** Asks for events, and resolves once the answer has begun. */
export async function readEvents(
  url: string,
  query = '',
  headers: OutgoingHttpHeaders = {},
): Promise<EventReader> {
  const asking = request(`${url}/api/live${query}`, { headers, agent: false });
  atEnd(() => {
    asking.destroy();
  });
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  asking.on('error', () => undefined);
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    response.once('close', () => {
      resolve();
    });
  });
  const blocks = (): EventBlock[] => blocksIn(text);
  const short = (): string[] =>
    blocks().map(({ id, event }) => (id === undefined ? event : `${id} ${event}`));
  return { response, text: () => text, blocks, short, ended };
}
