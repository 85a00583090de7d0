import type { MemberCheck } from '@mediamtx-monitor/runtime';
import { type AlertSilence, EVENT_ID, NO_EVENT_ID } from '@mediamtx-monitor/types';
import {
  type AlerterState,
  type StoredAlert,
  subjectKey,
  type TargetMessage,
  type ToldLabels,
} from '../model.ts';
import { isSilence, isStoredAlert, isTargetMessage } from '../stored-checks.ts';
import { FIELDS } from './changes.ts';
import { areToldLabels, isKeptTarget, type KeptTarget, targetOf } from './kept-target.ts';

/** What was read of the hash. */
export interface ReadState {
  readonly state: AlerterState;
  /** Fields of ours whose values can't be used: what they held is lost. */
  readonly unusable: readonly string[];
}

/** Reads the state from the fields of the hash. Fields that a newer alerter may have are passed over. */
export function readState(fields: ReadonlyMap<string, string>): ReadState {
  const unusable: string[] = [];
  // Each value was checked as it was read.
  const read = <Value>(prefix: string, check: MemberCheck): Map<string, Value> => {
    const found = new Map<string, Value>();
    for (const [field, text] of fields) {
      if (!field.startsWith(prefix)) continue;
      const value = parsed(text);
      if (check(value)) found.set(field.slice(prefix.length), value as Value);
      else unusable.push(field);
    }
    return found;
  };
  const alerts = new Map<string, StoredAlert>();
  for (const [name, alert] of read<StoredAlert>(FIELDS.alert, isStoredAlert)) {
    const key = subjectKey(alert.subject);
    // A name of a stream may have what no name of a field can: half a character.
    if (Buffer.from(key).toString() === name) alerts.set(key, alert);
    else unusable.push(`${FIELDS.alert}${name}`);
  }
  const messages = read<TargetMessage>(FIELDS.message, isTargetMessage);
  const told = read<readonly ToldLabels[]>(FIELDS.told, areToldLabels);
  const targets = new Map(
    Array.from(read<KeptTarget>(FIELDS.target, isKeptTarget), ([name, kept]) => [
      name,
      targetOf(kept, messages, told.get(name) ?? []),
    ]),
  );
  const queued = new Set(
    [...targets.values()].flatMap(({ queue }) => queue.map(({ message }) => message.id)),
  );
  for (const id of messages.keys()) if (!queued.has(id)) unusable.push(`${FIELDS.message}${id}`);
  for (const name of told.keys()) if (!targets.has(name)) unusable.push(`${FIELDS.told}${name}`);
  const commandId = fields.get(FIELDS.command) ?? NO_EVENT_ID;
  return {
    state: {
      alerts,
      silences: read<AlertSilence>(FIELDS.silence, isSilence),
      targets,
      commandId: EVENT_ID.test(commandId) ? commandId : NO_EVENT_ID,
    },
    unusable,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
