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
  judge: (body, ending) => {
    const answer = objectIn(body);
    if (ending.outcome === 'delivered') {
      return answer?.['ok'] === true ? ending : failed('it answered without saying that it took the message');
    }
    return withRetry(answer, ending);
  },
};

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
