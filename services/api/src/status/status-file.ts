import type { SettingFile } from '@mediamtx-monitor/runtime';
import {
  monitorFileText,
  parseMembers,
  readLikeWatch,
  readMembers,
  timeZoneSchema,
} from '@mediamtx-monitor/runtime/monitor-file';
import { serverIdSchema, streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi, { type CustomHelpers } from 'joi';

/** Languages of status pages. */
export const STATUS_LANGUAGES = ['en', 'de'] as const;
export type StatusLanguage = (typeof STATUS_LANGUAGES)[number];

/** Something that a page tells of. */
export interface StatusEntry {
  readonly id: string;
  readonly title: string;
  readonly group: string | null;
  /** Name of a stream, or a glob. */
  readonly match: string;
  /** Ids of servers; `null` = all. */
  readonly servers: readonly string[] | null;
}

/** A page of `status` in MONITOR_CONFIG. */
export interface StatusPage {
  readonly name: string;
  readonly title: string;
  /** `null` = as who reads it likes. */
  readonly language: StatusLanguage | null;
  readonly timeZone: string;
  readonly items: readonly StatusEntry[];
}

interface WrittenItem {
  readonly id?: string;
  readonly title: string;
  readonly group?: string;
  readonly match: string;
  readonly servers?: readonly string[];
}

interface WrittenPage {
  readonly name: string;
  readonly title: string;
  readonly language?: StatusLanguage;
  readonly timeZone?: string;
  readonly items: readonly WrittenItem[];
}

const MAX_PAGES = 100;
const MAX_ITEMS = 100;
const MAX_TITLE_LENGTH = 100;
const MAX_URL_PART_LENGTH = 64;

const urlPart = Joi.string()
  .pattern(/^[a-z0-9][a-z0-9-]{0,63}$/)
  .messages({
    'string.pattern.base':
      '{{#label}} is "{{#value}}", and stands in a URL; allowed: 1 to 64 lower-case letters, digits or hyphens',
  });
const titleSchema = Joi.string().max(MAX_TITLE_LENGTH);

const itemSchema = Joi.object({
  id: urlPart,
  title: titleSchema.required(),
  group: titleSchema,
  match: streamGlobSchema.required(),
  servers: Joi.array().items(serverIdSchema).min(1),
});

/** A title as it may stand in a URL; '' where nothing of it may. */
export function urlPartOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_URL_PART_LENGTH)
    .replace(/^-+|-+$/g, '');
}

function readPage(written: WrittenPage, { message }: CustomHelpers): StatusPage | Joi.ErrorReport {
  const { name, title, language = null, timeZone = 'UTC' } = written;
  const items = written.items.map(entryOf);
  const unnamed = items.find(({ id }) => id === '');
  if (unnamed !== undefined) {
    return message({
      custom: `{{#label}}: "${unnamed.title}" has nothing that can stand in a URL; give it an id`,
    });
  }
  const twice = items.find(({ id }, index) => items.findIndex((each) => each.id === id) < index);
  if (twice !== undefined) {
    return message({
      custom: `{{#label}}: "${twice.title}" has the id "${twice.id}" of an item before it; give it another id`,
    });
  }
  return { name, title, language, timeZone, items };
}

function entryOf({ id, title, group, match, servers }: WrittenItem): StatusEntry {
  return { id: id ?? urlPartOf(title), title, group: group ?? null, match, servers: servers ?? null };
}

const pageSchema = Joi.object({
  name: urlPart.required(),
  title: titleSchema.required(),
  language: Joi.string().valid(...STATUS_LANGUAGES),
  timeZone: timeZoneSchema,
  items: Joi.array().items(itemSchema).min(1).max(MAX_ITEMS).required(),
}).custom(readPage);

interface StatusMembers {
  readonly status: readonly StatusPage[];
}

const MEMBERS = {
  status: Joi.array().items(pageSchema).unique('name').max(MAX_PAGES).default([]),
};

/** MONITOR_CONFIG, of which these pages are read. */
export const STATUS_FILE: SettingFile<readonly StatusPage[]> = {
  setting: 'MONITOR_CONFIG',
  rule: 'a readable YAML file whose status is as docs/status.md says',
  parse: (text) => {
    const { value, mistakes } = parseMembers<StatusMembers>(text, MEMBERS);
    return mistakes === null ? { value: value.status, mistakes: null } : { value: null, mistakes };
  },
};

/**
 * The pages of MONITOR_CONFIG at the start; none where no file is set.
 * @throws {SettingsError} one line a mistake, with line and column
 */
export function readStatusFile(path: string | undefined, readFile = readLikeWatch): readonly StatusPage[] {
  return readMembers<StatusMembers>(monitorFileText(path, readFile), path ?? '', MEMBERS).status;
}
