import { secretOf, urlOf } from '../../access.ts';
import { boundedRetryMs } from '../answer.ts';
import { EntryError } from '../../entry-error.ts';
import { type TryEnding, failed } from '../ending.ts';
import { fit } from '../fit.ts';
import { type HttpKind, jsonRequest } from '../http-kind.ts';
import { marked } from '../mark.ts';

const API = 'https://api.telegram.org';
/** https://core.telegram.org/bots/api#sendmessage */
const MAX_LENGTH = 4_096;
/** A token (https://core.telegram.org/bots/api#authorizing-your-bot); nothing else may get into the path. */
const TOKEN = /^\d+:[\w-]+$/;
/** Joins letters without being seen: a name behind an @ that stands apart is nobody's. */
const JOINER = '\u2060';

/** A chat of Telegram, by a bot. Texts have no formatting, so only an @ would mean something in them. */
export const TELEGRAM: HttpKind = {
  canBeGone: false,
  advice: 'check the token in secretFile, chat, and whether the bot may write there',
  requests: ({ access, target, write }) => {
    const { chat } = target.address;
    if (chat === null) throw new EntryError('it has no chat');
    const token = secretOf(access);
    if (!TOKEN.test(token))
      throw new EntryError('secretFile has to hold the token that BotFather gave for the bot');
    const url = access.url === null ? new URL(API) : urlOf(access, target.address, ['https:', 'http:']);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/bot${token}/sendMessage`;
    const written = write((text) => text.replaceAll('@', `@${JOINER}`));
    const text = fit({ ...written, title: marked(written) }, MAX_LENGTH);
    return [jsonRequest(url, { chat_id: chat, text, link_preview_options: { is_disabled: true } })];
  },
  judge: ({ body, isCut }, ending) => {
    const answer = objectIn(body);
    if (ending.outcome !== 'delivered') return withRetry(answer, ending);
    const isTaken = answer === null ? isTakenAtFirst(body, isCut) : answer['ok'] === true;
    return isTaken ? ending : failed('it answered without saying that it took the message');
  },
};

/**
 * Whether what is left of an answer says that the message was taken. Where the status said so, and nothing that was read
 * says otherwise, it was: sent again, people would have it twice, and each time that an answer is cut.
 */
function isTakenAtFirst(body: string, isCut: boolean): boolean {
  const [, ok] = /^\s*\{\s*"ok"\s*:\s*(true|false)/.exec(body) ?? [];
  return ok === undefined ? isCut : ok === 'true';
}

/** Telegram says in the body how long it wants not to be asked. */
function withRetry(answer: Readonly<Record<string, unknown>> | null, ending: TryEnding): TryEnding {
  const seconds = objectOf(answer?.['parameters'])?.['retry_after'];
  return typeof seconds === 'number' ? { ...ending, retryAfterMs: boundedRetryMs(seconds * 1_000) } : ending;
}

function objectIn(json: string): Readonly<Record<string, unknown>> | null {
  try {
    return objectOf(JSON.parse(json));
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null;
}
