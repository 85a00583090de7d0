import { urlOf } from '../../access.ts';
import { fit } from '../fit.ts';
import { type HttpKind, jsonRequest } from '../http-kind.ts';
import { marked } from '../mark.ts';

/** https://docs.discord.com/developers/resources/webhook#execute-webhook */
const MAX_LENGTH = 2_000;
const SUPPRESS_EMBEDS = 4;
const MARKDOWN = /[\\*_~`|<>#@:[\]()-]/g;

/** A channel of Discord, by a webhook. Nobody can be mentioned, and names are no Markdown. */
export const DISCORD: HttpKind = {
  canBeGone: true,
  advice: 'check urlFile, and whether the webhook and its channel are still there',
  requests: ({ access, target, write }) => {
    const written = write(escapeDiscord);
    const url = urlOf(access, target.address, ['https:', 'http:']);
    // Else it answers before it knows whether the message can be kept.
    url.searchParams.set('wait', 'true');
    const content = fit({ ...written, title: `**${marked(written)}**` }, MAX_LENGTH);
    return [jsonRequest(url, { content, allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS })];
  },
};

function escapeDiscord(text: string): string {
  return text.replaceAll(MARKDOWN, '\\$&');
}
