import { connect } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { isThisMachineOnly, systemCode } from '@mediamtx-monitor/runtime';
import type { SMTPSentMessageInfo, SMTPTransportOptions } from 'nodemailer';
import { textsOf } from '../../text/index.ts';
import { urlOf } from '../../access.ts';
import type { DeliveryAttempt } from '../attempt.ts';
import { connectionFailure } from '../../connection-failure.ts';
import { EntryError } from '../../entry-error.ts';
import { DELIVERED, type TryEnding, failed } from '../ending.ts';
import { fit } from '../fit.ts';

const TLS_PORT = 465;
const PORT = 587;
const MAX_LENGTH = 100_000;
const MAX_RESPONSE_BYTES = 65_536;
/** Inactivity on a connection ends with the try, at the latest. */
const TIMEOUT_MS = 60_000;

/** What a mail server's refusal means, by what nodemailer calls it. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['EAUTH', 'doesn’t take user and password: check url and secretFile'],
  ['EENVELOPE', 'doesn’t take sender or recipients: check from and to'],
  ['EMESSAGE', 'doesn’t take the message'],
  ['ETLS', 'can’t be talked to over TLS'],
]);

/**
 * Sends a message as an e-mail, over a connection of its own. The id of the message is that of the e-mail, so that a repeat
 * is recognised.
 * @throws {EntryError}, and anything when the signal aborts
 */
export async function sendEmail(attempt: DeliveryAttempt, signal: AbortSignal): Promise<TryEnding> {
  const { host, port, secure, auth } = mailServerOf(attempt);
  const mail = mailOf(attempt);
  const socket = addAbortSignal(signal, connect({ host, port }));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    // Only who has a target of this kind pays for it.
    const { createTransport } = await import('nodemailer');
    const options: SMTPTransportOptions = {
      ...{ host, port, secure, connection: socket, ...auth },
      requireTLS: 'auth' in auth && !isThisMachineOnly(host),
      ...{ greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, maxResponseSize: MAX_RESPONSE_BYTES },
      tls: { rejectUnauthorized: true },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    };
    return endingOf(await createTransport(options).sendMail(mail), `${host}:${port}`);
  } catch (error) {
    signal.throwIfAborted();
    return failed(failureOf(error, `${host}:${port}`));
  } finally {
    socket.destroy();
  }
}

/** Where it goes, and how one shows who one is there. @throws {EntryError} */
export function mailServerOf(attempt: DeliveryAttempt) {
  const url = urlOf(attempt.access, attempt.target.address, ['smtps:', 'smtp:']);
  const secure = url.protocol === 'smtps:';
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? TLS_PORT : PORT) : Number(url.port),
    auth: url.username === '' ? {} : { auth: authOf(url, attempt) },
  };
}

function authOf(url: URL, { access }: DeliveryAttempt): { readonly user: string; readonly pass: string } {
  const [secret = decodeURIComponent(url.password)] = access.secrets;
  if (secret === '') throw new EntryError('its address names a user, but no secretFile has a password');
  return { user: decodeURIComponent(url.username), pass: secret };
}

function mailOf({ message, target, write }: DeliveryAttempt) {
  const { from, to } = target.address;
  if (from === null || to.length === 0) throw new EntryError('it needs from and to');
  const written = write((text) => text);
  const { severities } = textsOf(target.language);
  const { tone, title } = written;
  const domain = /@([^@<>\s]+)>?$/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to: [...to],
    subject: tone === 'critical' || tone === 'warning' ? `[${severities[tone]}] ${title}` : title,
    text: `${fit({ ...written, title: '' }, MAX_LENGTH)}\n`,
    date: new Date(message.at),
    messageId: `<${message.id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** Whom it was sent to has it: that others were refused is told only where nobody was taken. */
function endingOf({ accepted }: SMTPSentMessageInfo, place: string): TryEnding {
  return accepted.length > 0 ? DELIVERED : failed(`${place} ${REFUSALS.get('EENVELOPE') ?? ''}`);
}

function failureOf(error: unknown, place: string): string {
  const { originalCode, responseCode } = error as {
    readonly originalCode?: unknown;
    readonly responseCode?: unknown;
  };
  const answered = typeof responseCode === 'number' ? ` (${responseCode})` : '';
  const refusal = REFUSALS.get(systemCode(error));
  if (refusal !== undefined) return `${place} ${refusal}${answered}`;
  if (answered !== '') return `${place} answered that it doesn’t take it${answered}`;
  return connectionFailure(typeof originalCode === 'string' ? { code: originalCode } : error, place);
}
