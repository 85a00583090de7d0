import { eventually } from '@mediamtx-monitor/testkit';
import type { MessageHead } from '@mediamtx-monitor/types';

/** The messages of one topic, as they came. */
export interface Messages<Message> {
  /** Waits for a message that `isWanted`, and hands out the first there was. */
  readonly message: (isWanted: (message: Message) => boolean, deadlineMs?: number) => Promise<Message>;
  /** Waits for a message that was polled after this call: two ticks on, since one may be under way. */
  readonly fresh: () => Promise<Message>;
  /** Waits for the next message. */
  readonly next: () => Promise<Message>;
  /** All from tick `seq` on. */
  readonly since: (seq: number) => readonly Message[];
}

export interface Inbox<Message> extends Messages<Message> {
  /** Takes in what arrived. It must fit the contract: else every wait fails. */
  readonly take: (body: unknown) => void;
}

/** A joi schema, as far as it is needed here. */
interface MessageSchema<Message> {
  readonly required: () => {
    readonly validate: (body: unknown) => { readonly error?: Error | undefined; readonly value: Message };
  };
}

export function createInbox<Message extends MessageHead>(schema: MessageSchema<Message>): Inbox<Message> {
  const messages: Message[] = [];
  let misfit: Error | null = null;

  const message: Inbox<Message>['message'] = (isWanted, deadlineMs) =>
    eventually(() => {
      if (misfit !== null) throw misfit;
      const found = messages.find(isWanted);
      if (found === undefined) throw new Error(`no such message among ${messages.length}`);
      return found;
    }, deadlineMs);
  const ticksOn = async (ticks: number): Promise<Message> => {
    const { seq } = messages.at(-1) ?? (await message(() => true));
    return message((later) => later.seq >= seq + ticks);
  };
  return {
    take: (body) => {
      const result = schema.required().validate(body);
      if (result.error === undefined) messages.push(result.value);
      else misfit = result.error;
    },
    message,
    fresh: () => ticksOn(2),
    next: () => ticksOn(1),
    since: (seq) => messages.filter((one) => one.seq >= seq),
  };
}
