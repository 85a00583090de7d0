import type { Alert } from '@mediamtx-monitor/types';
import { Webhook } from 'standardwebhooks';
import { linkOf } from '../../text/index.ts';
import { urlOf } from '../../access.ts';
import type { DeliveryAttempt } from '../attempt.ts';
import { EntryError } from '../../entry-error.ts';
import { type HttpKind, jsonRequest } from '../http-kind.ts';

const PREFIX = 'whsec_';
/** Standard Webhooks wants keys of 24 to 64 bytes. */
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;

/**
 * A program of the operator's, as Standard Webhooks has it (https://www.standardwebhooks.com): the same id with each try,
 * and a signature of each secret, so that they can be changed one after the other.
 */
export const WEBHOOK: HttpKind = {
  canBeGone: true,
  advice: 'check url, and what answers there',
  requests: (attempt) => {
    const { access, message, target, wallMs } = attempt;
    const unsigned = jsonRequest(urlOf(access, target.address, ['https:', 'http:']), payloadOf(attempt));
    const at = new Date(wallMs);
    const signatures = access.secrets.map((secret) => signerOf(secret).sign(message.id, at, unsigned.body));
    return [
      {
        ...unsigned,
        headers: {
          ...unsigned.headers,
          'webhook-id': message.id,
          'webhook-timestamp': String(Math.floor(wallMs / 1_000)),
          ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
        },
      },
    ];
  },
};

function payloadOf({ message, write, style }: DeliveryAttempt): unknown {
  const { id, kind, at, goneTarget, target, ...news } = message;
  const plain = (text: string): string => text;
  const { title, lines, link } = write(plain);
  const { dashboardUrl } = style(plain);
  const linked = (alerts: readonly Alert[]): readonly unknown[] =>
    alerts.map((alert) => ({ ...alert, link: linkOf(alert.subject, dashboardUrl) }));
  return {
    type: TYPES[kind],
    timestamp: at,
    data: {
      id,
      target,
      goneTarget,
      title,
      text: lines.join('\n'),
      link,
      fired: linked(news.fired),
      firedCount: news.firedCount,
      repeated: linked(news.repeated),
      repeatedCount: news.repeatedCount,
      resolved: linked(news.resolved),
      resolvedCount: news.resolvedCount,
    },
  };
}

const TYPES = { alerts: 'alerts', test: 'alerts.test', gone: 'target.gone' } as const;

/** @throws {EntryError} where it is none */
function signerOf(secret: string): Webhook {
  const key = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const bytes = Buffer.from(key, 'base64');
  const isKey =
    /^[A-Za-z0-9+/]+={0,2}$/.test(key) && bytes.length >= MIN_KEY_BYTES && bytes.length <= MAX_KEY_BYTES;
  if (!isKey) {
    throw new EntryError(
      `secretFile has to hold ${PREFIX} and ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} random bytes in base64 in each line`,
    );
  }
  return new Webhook(bytes, { format: 'raw' });
}
