import { CERTIFICATE_FILE, fileFailure, secretFile, type SettingFile } from '@mediamtx-monitor/runtime';
import { settingMember } from '@mediamtx-monitor/runtime/monitor-file';
import { LABEL_NAME_RULE, type StreamsHead } from '@mediamtx-monitor/types';
import { labelsSchema, serverNameSchema } from '@mediamtx-monitor/types/schemas';
import Joi, { type CustomHelpers } from 'joi';
import type { ApiCredentials } from './poll/index.ts';
import { SNAPSHOT_SETTINGS, SOURCE_SETTINGS } from './settings.ts';
import { addressOf, type SecretFiles, type SourceConfig, trustIn } from './source-config.ts';

/** An entry of `servers` in MONITOR_CONFIG, with what stands in the files that it names. */
export interface ServerEntry {
  readonly server: string;
  readonly mediamtx: SourceConfig;
  readonly secretFiles: SecretFiles;
  /** `null` = as often as the environment says. */
  readonly intervalSeconds: number | null;
  /** What its heads say of it beside its id. */
  readonly about: ServerAbout;
}

/** What people call a server, and sort it by. */
export type ServerAbout = Pick<StreamsHead, 'name' | 'labels'>;

interface NamedFile {
  readonly path: string;
  /** What stands in it. */
  readonly value: string;
}

/** An entry as the file has it, with its files read. */
interface WrittenServerEntry extends ServerAbout {
  readonly id: string;
  readonly url: string;
  readonly user?: string;
  readonly passwordFile?: NamedFile;
  readonly tokenFile?: NamedFile;
  readonly caFile?: NamedFile;
  readonly fingerprint?: string;
  readonly intervalSeconds?: number;
}

/** Reads a file that MONITOR_CONFIG names; throws where it can’t. */
export type ReadNamedText = (path: string) => string;

const {
  MEDIAMTX_API_URL,
  MEDIAMTX_API_USER,
  MEDIAMTX_API_PASSWORD,
  MEDIAMTX_API_TOKEN,
  MEDIAMTX_API_FINGERPRINT,
} = SOURCE_SETTINGS;
const MEMBERS = ['id', 'name', 'url', 'user', 'passwordFile', 'tokenFile', 'caFile', 'fingerprint'];
const ALLOWED = [...MEMBERS, 'labels', 'intervalSeconds'].join(', ');

/** A file that is read, of which nothing but its path is shown. */
const namedFile = (
  readFile: ReadNamedText,
  { rule, parse }: Omit<SettingFile<string>, 'setting'>,
): Joi.Schema =>
  Joi.string().custom((path: string, helpers) => {
    const refuse = (what: string): Joi.ErrorReport =>
      helpers.message(
        { custom: '{{#label}} is "{{#path}}", {{#what}}; allowed: {{#rule}}' },
        { path, what, rule },
      );
    try {
      const { value, mistakes } = parse(readFile(path));
      return mistakes === null ? { path, value } : refuse(`whose ${mistakes.join(', ')}`);
    } catch (error) {
      return refuse(`which can't be read (${fileFailure(error)})`);
    }
  });

function readUrl(url: unknown, helpers: CustomHelpers) {
  if (typeof url !== 'string' || !/^[^/]*\/\/[^/]*@/.test(url)) return url;
  return helpers.message({
    custom:
      '{{#label}} has a user or password in it; write user, and passwordFile with a file that has the password',
  });
}

/** What doesn't go together; `null` = all does. */
function contradiction({
  url,
  user,
  passwordFile,
  tokenFile,
  caFile,
  fingerprint,
}: WrittenServerEntry): string | null {
  if (tokenFile !== undefined && (user !== undefined || passwordFile !== undefined)) {
    return 'has tokenFile; allowed: not together with user or passwordFile';
  }
  if (passwordFile !== undefined && user === undefined)
    return 'has passwordFile; allowed: only together with user';
  if (caFile !== undefined && fingerprint !== undefined)
    return 'has both caFile and fingerprint; one of them is enough';
  if ((caFile ?? fingerprint) === undefined || new URL(url).protocol === 'https:') return null;
  return `has ${caFile === undefined ? 'fingerprint' : 'caFile'}; allowed: only with an https:// address in url`;
}

function credentialsOf({ user, passwordFile, tokenFile }: WrittenServerEntry): ApiCredentials | null {
  if (tokenFile !== undefined) return { kind: 'bearer', token: tokenFile.value };
  return user === undefined ? null : { kind: 'basic', user, password: passwordFile?.value ?? '' };
}

function readEntry(written: WrittenServerEntry, helpers: CustomHelpers): ServerEntry | Joi.ErrorReport {
  const wrong = contradiction(written);
  if (wrong !== null) return helpers.message({ custom: `{{#label}} ${wrong}` });
  const {
    id,
    url,
    passwordFile,
    tokenFile,
    caFile,
    fingerprint,
    name,
    labels,
    intervalSeconds = null,
  } = written;
  return {
    server: id,
    mediamtx: {
      url: addressOf(new URL(url)).base,
      credentials: credentialsOf(written),
      trust: trustIn(fingerprint, caFile?.value),
      warnings: [],
    },
    secretFiles: {
      ...(passwordFile && { MEDIAMTX_API_PASSWORD: passwordFile.path }),
      ...(tokenFile && { MEDIAMTX_API_TOKEN: tokenFile.path }),
    },
    intervalSeconds,
    about: {
      ...(name !== undefined && { name }),
      ...(labels && Object.keys(labels).length > 0 && { labels }),
    },
  };
}

/** What an entry of `servers` may hold; becomes a {@link ServerEntry}. The files that it names are read. */
export const serverSchema = (readFile: ReadNamedText): Joi.Schema =>
  Joi.object({
    id: settingMember(SNAPSHOT_SETTINGS.MEDIAMTX_SERVER_ID.kind).required(),
    name: serverNameSchema,
    url: Joi.any().custom(readUrl).concat(settingMember(MEDIAMTX_API_URL.kind)).required(),
    user: settingMember(MEDIAMTX_API_USER.kind),
    passwordFile: namedFile(readFile, secretFile('MEDIAMTX_API_PASSWORD', MEDIAMTX_API_PASSWORD)),
    tokenFile: namedFile(readFile, secretFile('MEDIAMTX_API_TOKEN', MEDIAMTX_API_TOKEN)),
    caFile: namedFile(readFile, CERTIFICATE_FILE),
    fingerprint: settingMember(MEDIAMTX_API_FINGERPRINT.kind),
    labels: labelsSchema.messages({
      'object.unknown': `{{#label}} can't be the name of a label; allowed: ${LABEL_NAME_RULE}`,
    }),
    intervalSeconds: settingMember(SNAPSHOT_SETTINGS.POLL_INTERVAL_SECONDS.kind),
  })
    .messages({ 'object.unknown': `{{#label}} is not allowed; allowed: ${ALLOWED}` })
    .custom(readEntry);
