import { urlOf } from '../../access.ts';
import { fit } from '../fit.ts';
import { type HttpKind, jsonRequest } from '../http-kind.ts';
import { marked } from '../mark.ts';

/** Slack cuts longer texts off (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const MAX_LENGTH = 4_000;

/**
 * A channel of Slack, by an incoming webhook. `&`, `<` and `>` are all that has a meaning in a text without formatting:
 * with them escaped nobody can be mentioned, and no link can hide where it leads.
 */
export const SLACK: HttpKind = {
  canBeGone: true,
  advice: 'check urlFile, and whether the app and its channel are still there',
  requests: ({ access, target, write }) => {
    const written = write(escapeSlack);
    const text = fit(
      { ...written, title: marked(written), link: written.link && escapeSlack(written.link) },
      MAX_LENGTH,
    );
    const url = urlOf(access, target.address, ['https:', 'http:']);
    return [jsonRequest(url, { text, mrkdwn: false, unfurl_links: false, unfurl_media: false })];
  },
};

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
