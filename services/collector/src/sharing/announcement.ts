import { createHash } from 'node:crypto';
import { isThisMachineOnly } from '@mediamtx-monitor/runtime';
import { isServerId, MAX_SUBJECTS } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { parsedJson } from '../fields.ts';

/** What a collector says of itself to the others. */
export interface Announcement {
  /** What no other process has, without white space. */
  readonly id: string;
  /** Name of its machine, for people. */
  readonly host: string;
  /** When it announced itself first: Unix time in ms, by Redis's clock. */
  readonly startedMs: number;
  /** Servers of its own configuration, each with the fingerprint of its address. */
  readonly servers: ReadonlyMap<string, string>;
  /** Those of them that it leaves to others, who mean another MediaMTX by the same id. */
  readonly yields: ReadonlySet<string>;
}

const FINGERPRINT_LENGTH = 16;
const MAX_ID_LENGTH = 100;
const MAX_HOST_LENGTH = 255;
/** Longest text of an announcement, in characters: what is longer isn't ours. */
const MAX_LENGTH = 1_000_000;

interface WrittenAnnouncement {
  readonly host: string;
  readonly startedMs: number;
  readonly servers: Readonly<Record<string, string>>;
  readonly yields: readonly string[];
}

const schema = Joi.object<WrittenAnnouncement>({
  host: Joi.string().allow('').max(MAX_HOST_LENGTH).required(),
  startedMs: Joi.number().min(0).required(),
  servers: Joi.object()
    .pattern(
      Joi.string().custom((id: string, helpers) => (isServerId(id) ? id : helpers.error('any.invalid'))),
      Joi.string().length(FINGERPRINT_LENGTH).hex(),
    )
    .max(MAX_SUBJECTS)
    .required(),
  yields: Joi.array().items(Joi.string()).max(MAX_SUBJECTS).required(),
}).unknown(true);

/**
 * Tells addresses of MediaMTX apart without showing them. One that means the machine itself is another on each machine.
 * @param url without user and password
 */
export function fingerprintOf(url: string, host: string): string {
  const { hostname } = new URL(url);
  const place = isThisMachineOnly(hostname.replace(/^\[(.*)\]$/, '$1')) ? `${host} ` : '';
  return createHash('sha256').update(`${place}${url}`).digest('hex').slice(0, FINGERPRINT_LENGTH);
}

/** An announcement as it stands in Redis; its beginning, up to the white space, never stands for another one. */
export function announcementText(
  { id, host, startedMs, servers, yields }: Announcement,
  revision: number,
): string {
  const written: WrittenAnnouncement = {
    ...{ host, startedMs },
    servers: Object.fromEntries(servers),
    yields: [...yields],
  };
  return `${id}.${revision} ${JSON.stringify(written)}`;
}

/** What the beginning of an announcement's text is. */
export const tokenOf = (text: string): string => text.slice(0, Math.max(0, text.indexOf(' ')));

/** `null` for what isn't ours. */
export function parseAnnouncement(text: string): Announcement | null {
  const token = tokenOf(text);
  const id = token.slice(0, token.lastIndexOf('.'));
  if (id === '' || id.length > MAX_ID_LENGTH || text.length > MAX_LENGTH) return null;
  const result = schema.required().validate(parsedJson(text.slice(token.length)), { convert: false });
  if (result.error !== undefined) return null;
  const { host, startedMs, servers, yields } = result.value;
  return { id, host, startedMs, servers: new Map(Object.entries(servers)), yields: new Set(yields) };
}
