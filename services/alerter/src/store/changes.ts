import type { HashChanges, StreamEntry } from '@mediamtx-monitor/runtime';
import type { AlerterState, TargetMessage, ToldLabels } from '../model.ts';
import { keptTarget } from './kept-target.ts';

/** What the names of fields begin with, and the one that stands alone. */
export const FIELDS = {
  alert: 'alert:',
  silence: 'silence:',
  target: 'target:',
  message: 'message:',
  told: 'told:',
  command: 'command',
} as const;

/**
 * What has to be written so that the hash has a state that it hadn't.
 * @param before what stands there
 */
export function changesBetween(
  before: AlerterState,
  after: AlerterState,
  appends: readonly StreamEntry[] = [],
): HashChanges {
  const sets = new Map<string, string>();
  const removes: string[] = [];
  const compare = <Value>(
    prefix: string,
    old: ReadonlyMap<string, Value>,
    now: ReadonlyMap<string, Value>,
    kept: (value: Value) => unknown = (value) => value,
  ): void => {
    if (old === now) return;
    for (const [key, value] of now) {
      if (old.get(key) !== value) sets.set(`${prefix}${key}`, JSON.stringify(kept(value)));
    }
    for (const key of old.keys()) if (!now.has(key)) removes.push(`${prefix}${key}`);
  };
  compare(FIELDS.alert, before.alerts, after.alerts);
  compare(FIELDS.silence, before.silences, after.silences);
  if (before.targets !== after.targets) {
    compare(FIELDS.message, messagesOf(before), messagesOf(after));
    compare(FIELDS.told, toldIn(before), toldIn(after));
    compare(FIELDS.target, before.targets, after.targets, keptTarget);
  }
  if (before.commandId !== after.commandId) sets.set(FIELDS.command, after.commandId);
  return { sets, removes, appends };
}

function messagesOf({ targets }: AlerterState): ReadonlyMap<string, TargetMessage> {
  return new Map(
    [...targets.values()].flatMap(({ queue }) => queue.map(({ message }) => [message.id, message] as const)),
  );
}

/** By target, where it was told anything. */
function toldIn({ targets }: AlerterState): ReadonlyMap<string, readonly ToldLabels[]> {
  return new Map(
    [...targets.values()].flatMap(({ name, told }) => (told.length === 0 ? [] : [[name, told] as const])),
  );
}
