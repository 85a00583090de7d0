import Joi from 'joi';
import { lookAtFile, type ParseResult } from '../files/setting-file.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { parseYaml, type YamlFile } from './document.ts';

/** Members of MONITOR_CONFIG. Each service reads its own, and passes over the others. */
const MEMBERS = [
  'servers',
  'thresholds',
  'offAirMinutes',
  'streams',
  'expected',
  'notify',
  'maintenance',
  'heartbeat',
  'status',
] as const;

type MemberName = (typeof MEMBERS)[number];

const NAME_OF_MEMBER = /^[\w-]{1,40}$/;

const NOT_RIGHT = '{{#label}} has characters, or a length, that it may not have';

/** For what the schemas have no words of their own for, and joi none that are plain, or that say what stands there. */
const TEXTS = {
  'array.base': '{{#label}} has to be a list: "- " stands before each entry, or [ and ] around them',
  'array.unique': '{{#label}} has the name of an entry before it',
  'string.pattern.base': NOT_RIGHT,
  'string.pattern.name': NOT_RIGHT,
  'string.pattern.invert.base': NOT_RIGHT,
  'string.pattern.invert.name': NOT_RIGHT,
};

/** What is wrong; without the name of a member that is none, as in `{url:https://…}`: that may hold a secret. */
function mistakeOf({ type, path, message, context }: Joi.ValidationErrorItem, file: YamlFile): string {
  if (type === 'array.unique') {
    const before: unknown = context?.['dupePos'];
    return `${message} (${file.placeOf([...path.slice(0, -1), Number(before)])})`;
  }
  if (type !== 'object.unknown') return message;
  if (!NAME_OF_MEMBER.test(String(path.at(-1)))) {
    return 'a member (hidden) has a name that none has; is a blank missing behind a colon?';
  }
  return path.length === 1 ? `${message}; allowed: ${MEMBERS.join(', ')}` : message;
}

const PASSED_OVER = Object.fromEntries(MEMBERS.map((name) => [name, Joi.any().strip()]));

/** Schemas of the members that a service reads. */
type MemberSchemas<Part> = { readonly [Name in keyof Part & MemberName]-?: Joi.Schema };

/** Reads of the text of MONITOR_CONFIG the members that are given; a member that no service knows is a mistake. */
export function parseMembers<Part extends { readonly [Name in MemberName]?: unknown }>(
  text: string,
  members: MemberSchemas<Part>,
): ParseResult<Part> {
  const file = parseYaml(text);
  if (file.mistakes.length > 0) return { value: null, mistakes: file.mistakes };
  const schema = Joi.object<Part>({ ...PASSED_OVER, ...members });
  const result = schema.validate(file.value ?? {}, {
    abortEarly: false,
    convert: false,
    messages: TEXTS,
  });
  if (result.error === undefined) return { value: result.value, mistakes: null };
  const mistakes = result.error.details.map(
    (detail) => `${file.placeOf(detail.path)}: ${mistakeOf(detail, file)}`,
  );
  return { value: null, mistakes };
}

/**
 * As `parseMembers`, for the start.
 * @throws {SettingsError} one line a mistake, with line and column
 */
export function readMembers<Part extends { readonly [Name in MemberName]?: unknown }>(
  text: string,
  path: string,
  members: MemberSchemas<Part>,
): Part {
  return orStop(parseMembers<Part>(text, members), path);
}

/**
 * What the file at `path` says.
 * @throws {SettingsError} one line a mistake
 */
export function orStop<Part>({ value, mistakes }: ParseResult<Part>, path: string): Part {
  if (mistakes === null) return value;
  throw new SettingsError(mistakes.map((mistake) => `MONITOR_CONFIG ${path}, ${mistake}`));
}

/**
 * The text of MONITOR_CONFIG; empty where none is set.
 * @throws {SettingsError} when the file can't be read
 */
export function monitorFileText(path: string | undefined, readFile: (path: string) => string): string {
  if (path === undefined) return '';
  try {
    return readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([
      `MONITOR_CONFIG is "${path}", which can't be read (${reason}); allowed: a readable file`,
    ]);
  }
}

/** Reads a file as its watch does: what that wouldn't read later isn't read at the start either. */
export function readLikeWatch(path: string): string {
  const { text, failure } = lookAtFile(path);
  if (text === null) throw new Error(failure);
  return text;
}
