import type { KnownHead } from '@mediamtx-monitor/runtime';
import type { MessageHead, ServersMessage } from '@mediamtx-monitor/types';
import { Message } from './message.ts';

/** The head of a server by itself, as clients are told it. */
export class ServerHead {
  readonly topic: ServersMessage['type'] = 'servers';
  readonly subject: string;
  readonly #head: MessageHead;
  #message: Message | undefined;

  constructor(head: MessageHead) {
    this.subject = head.server;
    this.#head = head;
  }

  /** Made when it is first asked for, and then kept. */
  get message(): Message {
    const { topic, subject } = this;
    const { epoch, seq } = this.#head;
    return (this.#message ??= new Message({
      type: topic,
      id: `${subject}:${epoch}:${seq}`,
      parts: [Buffer.from(JSON.stringify({ ...this.#head, type: topic }))],
      clients: () => Infinity,
      replaces: `${topic} ${subject}`,
    }));
  }
}

const made = new WeakMap<MessageHead, ServerHead>();

/** The very same for the same head; `null` where nothing is known that could be told: not by a head of connections. */
export function serverHeadOf({ head }: KnownHead): ServerHead | null {
  if (head?.type !== 'streams') return null;
  const known = made.get(head) ?? new ServerHead(head);
  made.set(head, known);
  return known;
}
