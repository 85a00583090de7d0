import Joi from 'joi';
import type { TargetKind } from './model.ts';

/** What an entry says of where it is told. */
interface AddressRule {
  /** What may stand there. */
  readonly members: Joi.SchemaMap;
  readonly needsUrl: boolean;
}

const IN_SECRET_FILE = 'put that into a file, and name the file as secretFile';
const IN_URL_FILE = 'put the whole address into a file, and name the file as urlFile';

/**
 * An address, which is never shown: whoever knows it may be able to write there.
 * @param advice where user and password go that stand in it; a user is fine where only the password is a secret
 */
export const hiddenAddress = (schemes: readonly string[], advice: string, mayHaveUser = false) =>
  Joi.string().custom((value: string, { message }) => {
    const [, begin = ''] = /^([a-z]+:\/\/)[^/\\\s][^\s]*$/i.exec(value) ?? [];
    if (!schemes.includes(begin.toLowerCase()) || !URL.canParse(value)) {
      return message({
        custom: `{{#label}} (hidden) is no address that begins with ${schemes.join(' or ')}`,
      });
    }
    const url = new URL(value);
    if (url.password !== '') {
      return message({ custom: `{{#label}} (hidden) has a password in it: ${advice}` });
    }
    if (url.username !== '' && !mayHaveUser) {
      return message({ custom: `{{#label}} (hidden) has a user in it: ${advice}` });
    }
    return value;
  });

const WEB = ['http://', 'https://'];
/** What doesn't look like a path isn't shown: it may be the secret itself. */
const path = Joi.string()
  .pattern(/^\.{0,2}\/./)
  .messages({
    'string.pattern.base':
      '{{#label}} (hidden) is no path of a file; allowed: one that begins with /, as in /run/secrets/alerter/ntfy, or with ./, ' +
      'which is the folder that the alerter is started in',
  });
const file = { urlFile: path };
/** An address of one's own, and a secret that goes with it. */
const SERVICE = { url: hiddenAddress(WEB, IN_SECRET_FILE), ...file, secretFile: path };
/** An address that is the secret itself. */
const HOOK = { url: hiddenAddress(WEB, IN_URL_FILE), ...file };

const plainMailbox = Joi.string().email({ minDomainSegments: 1, tlds: false });
const MAILBOX_RULE = 'an e-mail address, as in monitor@example.com or Monitor <monitor@example.com>';
const mailbox = Joi.string().custom((value: string, { message }) => {
  const [, bare = value] = /^[^<>\p{Cc}]{1,100}<([^<>]+)>$/u.exec(value) ?? [];
  return plainMailbox.validate(bare).error === undefined
    ? value
    : message({ custom: `{{#label}} is not right; allowed: ${MAILBOX_RULE}` });
});
const MAX_RECIPIENTS = 50;

const chatName = Joi.string()
  .pattern(/^(-?\d{1,20}|@\w{1,64})$/)
  .messages({
    'string.pattern.base':
      '{{#label}} is not right; allowed: the id of a chat, or @ and the name of a channel',
  });

/** What each kind of target needs to be told where it is. */
export const ADDRESS_MEMBERS = {
  webhook: { members: SERVICE, needsUrl: true },
  alertmanager: { members: SERVICE, needsUrl: true },
  ntfy: { members: SERVICE, needsUrl: true },
  slack: { members: HOOK, needsUrl: true },
  discord: { members: HOOK, needsUrl: true },
  email: {
    members: {
      url: hiddenAddress(['smtp://', 'smtps://'], IN_SECRET_FILE, true),
      ...file,
      secretFile: path,
      from: mailbox.required(),
      to: Joi.alternatives(
        mailbox.custom((value: string) => [value]),
        Joi.array().items(mailbox).min(1).max(MAX_RECIPIENTS),
      ).required(),
    },
    needsUrl: true,
  },
  telegram: {
    members: {
      url: hiddenAddress(WEB, 'the token of the bot goes into a file, which secretFile names'),
      secretFile: path.required(),
      chat: Joi.alternatives(Joi.number().integer().custom(String), chatName).required(),
    },
    needsUrl: false,
  },
} satisfies Record<TargetKind, AddressRule>;

/** Kinds whose address says all that it takes to write there. */
export const SECRET_ADDRESSES: ReadonlySet<TargetKind> = new Set(['slack', 'discord']);

/** The members of a heartbeat that say where it goes. */
export const HEARTBEAT_ADDRESS = HOOK;
