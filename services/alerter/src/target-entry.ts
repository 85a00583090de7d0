import { TOKEN_NAME, TOKEN_NAME_RULE } from '@mediamtx-monitor/runtime';
import {
  duration,
  HOURS_MEMBERS,
  hoursOf,
  withHours,
  type WrittenHours,
} from '@mediamtx-monitor/runtime/monitor-file';
import { LABEL_NAME_RULE, type ServerLabels, type Severity } from '@mediamtx-monitor/types';
import { labelsSchema, serverIdSchema, streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { ADDRESS_MEMBERS } from './address-members.ts';
import { digestOf } from './digest.ts';
import { type Target, TARGET_KINDS, type TargetKind, TEXT_LANGUAGES, type TextLanguage } from './model.ts';

/** An entry of `notify` as the file has it. */
interface WrittenTarget extends WrittenHours {
  readonly name: string;
  readonly kind: TargetKind;
  readonly severity?: Severity;
  readonly match?: string;
  readonly servers?: readonly string[];
  readonly labels?: ServerLabels;
  readonly language?: TextLanguage;
  readonly for?: number;
  readonly groupWait?: number;
  readonly groupInterval?: number;
  readonly repeat?: number;
  readonly url?: string;
  readonly urlFile?: string;
  readonly secretFile?: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly chat?: string;
}

const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const GROUPING = { groupWaitMs: 10 * S, groupIntervalMs: 30 * S, repeatMs: 4 * HOUR };
/** It groups and repeats by itself, and forgets what isn't repeated. */
const ALERTMANAGER_GROUPING = { groupWaitMs: 0, groupIntervalMs: 10 * S, repeatMs: MINUTE };
const DEFAULT_FOR_MS = 30 * S;

/** How an entry of `notify` or `maintenance` is called. What targets were told stands in objects, by their names. */
export const nameSchema = Joi.string()
  .pattern(TOKEN_NAME)
  .invalid('__proto__')
  .messages({
    'any.invalid': '{{#label}} stands for something else in JavaScript; choose another',
    'string.pattern.base': `{{#label}} is not right; allowed: ${TOKEN_NAME_RULE}`,
  });

/** Which streams and servers an entry is about. */
export const SELECTING_MEMBERS = {
  match: streamGlobSchema,
  servers: Joi.array().items(serverIdSchema).min(1),
  labels: labelsSchema.min(1).messages({
    'object.unknown': `{{#label}} can't be the name of a label; allowed: ${LABEL_NAME_RULE}`,
  }),
};

const inSecretFile = Joi.forbidden().messages({
  'any.unknown': '{{#label}} is not allowed: a secret goes into a file of its own, which secretFile names',
});

const MEMBERS = {
  name: nameSchema.required(),
  kind: Joi.string().valid(...TARGET_KINDS),
  severity: Joi.string().valid('warning', 'critical'),
  ...SELECTING_MEMBERS,
  language: Joi.string().valid(...TEXT_LANGUAGES),
  for: duration(0, DAY, 'a time of up to a day'),
  groupWait: duration(0, HOUR, 'a time of up to an hour'),
  groupInterval: duration(GROUPING.groupIntervalMs, DAY, 'a time of at least 30s, and up to a day'),
  repeat: duration(MINUTE, 7 * DAY, 'a time of at least a minute, and up to 168h'),
};
const NEVER = { secret: inSecretFile, token: inSecretFile, password: inSecretFile };

const byItself = Joi.forbidden().messages({
  'any.unknown': '{{#label}} is not allowed: Alertmanager groups, repeats and knows its hours by itself',
});
const LEFT_TO_ALERTMANAGER = {
  ...NEVER,
  ...{ groupWait: byItself, groupInterval: byItself, repeat: byItself },
  ...{ days: byItself, hours: byItself },
};

function schemaOf(kind: TargetKind): Joi.ObjectSchema {
  const { members, needsUrl } = ADDRESS_MEMBERS[kind];
  const own = { ...MEMBERS, ...members };
  const refused = kind === 'alertmanager' ? LEFT_TO_ALERTMANAGER : NEVER;
  const allowed = Object.keys({ ...own, ...HOURS_MEMBERS }).filter((name) => !(name in refused));
  const schema = withHours(own)
    .keys(refused)
    .oxor('url', 'urlFile')
    .messages({
      'object.unknown': `{{#label}} is not allowed in a target of kind ${kind}; allowed: ${allowed.join(', ')}`,
      'object.missing': '{{#label}} needs url or urlFile',
      'object.oxor': '{{#label}} has both url and urlFile; one of them is enough',
    });
  const checked = needsUrl ? schema.or('url', 'urlFile') : schema;
  return checked.custom((written: WrittenTarget, { message }) =>
    kind === 'email' && isUserAlone(written)
      ? message({ custom: '{{#label}} has a user in its url, but no secretFile with the password' })
      : targetOf(written),
  );
}

const isUserAlone = ({ url, secretFile }: WrittenTarget): boolean =>
  url !== undefined && new URL(url).username !== '' && secretFile === undefined;

function targetOf(written: WrittenTarget): Target {
  const {
    name,
    kind,
    severity = 'critical',
    match = null,
    servers = null,
    labels,
    language = 'en',
  } = written;
  const { timeZone = 'UTC', for: forMs = DEFAULT_FOR_MS, url = null, urlFile = null } = written;
  const { secretFile = null, from = null, to = [], chat = null } = written;
  const usual = kind === 'alertmanager' ? ALERTMANAGER_GROUPING : GROUPING;
  const target: Omit<Target, 'digest'> = {
    ...{ name, kind, severity, match, servers, hours: hoursOf(written), timeZone, language, forMs },
    ...(labels && { labels }),
    groupWaitMs: written.groupWait ?? usual.groupWaitMs,
    groupIntervalMs: written.groupInterval ?? usual.groupIntervalMs,
    repeatMs: written.repeat ?? usual.repeatMs,
    address: { url, urlFile, secretFile, from, to, chat },
  };
  return { ...target, digest: digestOf(target) };
}

/** What an entry of `notify` may hold, by its kind; becomes a {@link Target}. */
export const targetSchema: Joi.Schema = Joi.alternatives().conditional('.kind', {
  switch: TARGET_KINDS.map((kind) => ({ is: kind, then: schemaOf(kind) })),
  otherwise: Joi.object({ kind: MEMBERS.kind.required() }).unknown(),
});
