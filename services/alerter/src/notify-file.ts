import { fileFailure } from '@mediamtx-monitor/runtime';
import {
  duration,
  hoursOf,
  monitorFileText,
  readMembers,
  withHours,
  type WrittenHours,
} from '@mediamtx-monitor/runtime/monitor-file';
import type { ServerLabels } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { HEARTBEAT_ADDRESS, SECRET_ADDRESSES } from './address-members.ts';
import { rehearse } from './deliver/index.ts';
import { digestOf } from './digest.ts';
import type { Heartbeat, Maintenance, NotifyFile, Target } from './model.ts';
import { nameSchema, SELECTING_MEMBERS, targetSchema } from './target-entry.ts';

const MAX_TARGETS = 100;
const MAX_WINDOWS = 200;
const DEFAULT_HEARTBEAT_MS = 60_000;
const [MIN_HEARTBEAT_MS, MAX_HEARTBEAT_MS] = [10_000, 3_600_000];

interface WrittenMaintenance extends WrittenHours {
  readonly name: string;
  readonly match?: string;
  readonly servers?: readonly string[];
  readonly labels?: ServerLabels;
}

interface WrittenHeartbeat {
  readonly url?: string;
  readonly urlFile?: string;
  readonly every?: number;
}

const maintenanceSchema = withHours({ name: nameSchema.required(), ...SELECTING_MEMBERS }).custom(
  (written: WrittenMaintenance, { message }): Maintenance | Joi.ErrorReport => {
    const { name, match = null, servers = null, labels } = written;
    const hours = hoursOf(written);
    return hours === null
      ? message({ custom: '{{#label}} needs days or hours, and their timeZone' })
      : { name, match, servers, ...(labels && { labels }), hours };
  },
);

const heartbeatSchema = Joi.object({
  ...HEARTBEAT_ADDRESS,
  every: duration(MIN_HEARTBEAT_MS, MAX_HEARTBEAT_MS, 'a time of 10s to an hour'),
})
  .xor('url', 'urlFile')
  .messages({
    'object.missing': '{{#label}} needs url or urlFile',
    'object.xor': '{{#label}} has both url and urlFile; one of them is enough',
  })
  .custom(({ url, urlFile, every }: WrittenHeartbeat): Heartbeat => ({
    url: url ?? null,
    urlFile: urlFile ?? null,
    everyMs: every ?? DEFAULT_HEARTBEAT_MS,
  }));

const listOf = (entry: Joi.Schema, max: number): Joi.ArraySchema =>
  Joi.array().items(entry).unique('name').max(max).default([]);

const MEMBERS = {
  notify: listOf(targetSchema, MAX_TARGETS),
  maintenance: listOf(maintenanceSchema, MAX_WINDOWS),
  heartbeat: heartbeatSchema,
};

interface ReadMembers {
  readonly notify: readonly Target[];
  readonly maintenance: readonly Maintenance[];
  readonly heartbeat?: Heartbeat;
}

type ReadNamedFile = (path: string) => string;

/** What the file of an address or secret lets one expect; it is read again at each try. */
function warningsOf(
  what: string,
  paths: Readonly<Record<string, string | null>>,
  readFile: ReadNamedFile,
): string[] {
  return Object.entries(paths).flatMap(([member, path]) => {
    if (path === null) return [];
    try {
      return readFile(path).trim() === '' ? [`${what}: ${member} is "${path}", which is empty`] : [];
    } catch (error) {
      const from = path.startsWith('/') ? '' : ', seen from the folder that the alerter was started in';
      return [`${what}: ${member} is "${path}", which can't be read${from} (${fileFailure(error)})`];
    }
  });
}

function warningsOfTarget(target: Target, readFile: ReadNamedFile): string[] {
  const { name, kind, address } = target;
  const { url, urlFile, secretFile } = address;
  const what = `target ${name}`;
  const ofFiles = warningsOf(what, { urlFile, secretFile }, readFile);
  const warnings = ofFiles.length > 0 ? ofFiles : warningsOfContent(target, readFile);
  if (url === null || !SECRET_ADDRESSES.has(kind)) return warnings;
  return [
    `${what} has its url in MONITOR_CONFIG, and whoever knows that can write there; put it into a file of its own, and ` +
      'name the file as urlFile',
    ...warnings,
  ];
}

/** What keeps each message from being sent, where its files can be read. */
function warningsOfContent(target: Target, readFile: ReadNamedFile): string[] {
  const mistake = rehearse(target, (path) => ({ text: readFile(path), failure: '' }));
  return mistake === null ? [] : [`target ${target.name} can't be told anything: ${mistake}`];
}

/**
 * Reads of the text of MONITOR_CONFIG what is the alerter's.
 * @throws {SettingsError} one line a mistake, with line and column; without any secret
 */
export function parseNotifyFile(text: string, path: string): NotifyFile {
  const { notify: targets, maintenance, heartbeat = null } = readMembers<ReadMembers>(text, path, MEMBERS);
  const read = { targets, maintenance, heartbeat };
  return { ...read, digest: digestOf(read) };
}

/**
 * Reads MONITOR_CONFIG, where one is set; with sentences for the log about the files that it names.
 * @throws {SettingsError} also when the file can't be read
 */
export function readNotifyFile(
  path: string | undefined,
  readFile: ReadNamedFile,
): { readonly file: NotifyFile; readonly warnings: readonly string[] } {
  const file = parseNotifyFile(monitorFileText(path, readFile), path ?? '');
  const ofTargets = file.targets.flatMap((target) => warningsOfTarget(target, readFile));
  const { heartbeat } = file;
  const ofHeartbeat =
    heartbeat === null ? [] : warningsOf('heartbeat', { urlFile: heartbeat.urlFile }, readFile);
  const targets = file.targets.map((target) => withAddress(target, readFile));
  return { file: { ...file, targets }, warnings: [...ofTargets, ...ofHeartbeat] };
}

/** A target whose address stands in a file of its own is another once that is. */
function withAddress(target: Target, readFile: ReadNamedFile): Target {
  const { urlFile } = target.address;
  if (urlFile === null) return target;
  try {
    return { ...target, digest: digestOf([target.digest, readFile(urlFile)]) };
  } catch {
    // That it can't be read, the warnings say.
    return target;
  }
}
