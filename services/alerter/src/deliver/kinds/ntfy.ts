import type { Tone } from '../../text/index.ts';
import { urlOf } from '../../access.ts';
import { EntryError } from '../../entry-error.ts';
import { fit } from '../fit.ts';
import { bearer, type HttpKind, jsonRequest } from '../http-kind.ts';

/** What is longer comes as a file (https://docs.ntfy.sh/publish/#limitations). */
const MAX_BYTES = 4_096;
const TOPIC = /^[-\w]{1,64}$/;

/** How urgent it is, and which signs stand before the title (https://docs.ntfy.sh/publish/#tags-emojis). */
const LOOKS: Readonly<Record<Tone, { readonly priority: number; readonly tags: readonly string[] }>> = {
  critical: { priority: 5, tags: ['rotating_light'] },
  warning: { priority: 4, tags: ['warning'] },
  resolved: { priority: 3, tags: ['white_check_mark'] },
  info: { priority: 3, tags: ['information_source'] },
};

/**
 * A topic of ntfy, told as JSON, so that all characters arrive (https://docs.ntfy.sh/publish/#publish-as-json). A repeat
 * takes the place of the message that was there already, from ntfy 2.16 on; before it is shown twice.
 */
export const NTFY: HttpKind = {
  canBeGone: false,
  advice: 'check url, and whether the token in secretFile may write to the topic',
  requests: ({ access, target, message, write }) => {
    const url = urlOf(access, target.address, ['https:', 'http:']);
    const parts = url.pathname.replace(/\/+$/, '').split('/');
    const topic = parts.pop() ?? '';
    if (!TOPIC.test(topic))
      throw new EntryError('its address has to end with a topic, as in https://ntfy.sh/my-topic');
    url.pathname = `${parts.join('/')}/`;
    const written = write((text) => text);
    const { title, lines, link, tone } = written;
    const [secret] = access.secrets;
    const body = {
      topic,
      title,
      message: fit(
        { title: '', lines: lines.length === 0 ? [title] : lines, link: null },
        MAX_BYTES,
        (text) => Buffer.byteLength(text),
      ),
      ...LOOKS[tone],
      ...(link !== null && { click: link }),
      ...(TOPIC.test(message.id) && { sequence_id: message.id }),
    };
    return [jsonRequest(url, body, secret === undefined ? {} : bearer(secret))];
  },
};
