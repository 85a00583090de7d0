import {
  type Acknowledgement,
  type AlerterCommand,
  type AlertSilence,
  MAX_SILENCE_MS,
  MAX_SILENCES,
  TEST_INTERVAL_MS,
} from '@mediamtx-monitor/types';
import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { AlerterState, AlertMoment, GivenCommand, StoredAlert, TargetMessage } from '../model.ts';
import { messageHead, queued, testMessage } from './message.ts';

/** What a command did; `refused`: nothing, and why. */
export type CommandEffect =
  | { readonly type: 'silence.added'; readonly silence: AlertSilence }
  /** `by`: name of the token of who ended it; `null` where its time was over. */
  | { readonly type: 'silence.ended'; readonly silence: AlertSilence; readonly by: string | null }
  | {
      readonly type: 'alert.acknowledged';
      readonly alert: StoredAlert;
      readonly acknowledgement: Acknowledgement;
    }
  | { readonly type: 'message.queued'; readonly message: TargetMessage; readonly by: string }
  | { readonly type: 'refused'; readonly command: AlerterCommand; readonly why: string };

export interface CommandsDone {
  readonly state: AlerterState;
  readonly effects: readonly CommandEffect[];
}

interface Done {
  readonly state: AlerterState;
  readonly effect: CommandEffect;
}

/** So many messages of a queue were given up before. */
const MAX_REPLAYS = 20;

/** Does what people want, in their order, as far as that is right by now. */
export function applyCommands(
  state: AlerterState,
  commands: readonly GivenCommand[],
  moment: AlertMoment,
  newId: () => string,
): CommandsDone {
  const effects: CommandEffect[] = [];
  let now = state;
  for (const given of commands) {
    const done = apply(now, given, moment, newId);
    const isRefused = typeof done === 'string';
    now = { ...(isRefused ? now : done.state), commandId: given.id };
    effects.push(isRefused ? { type: 'refused', command: given.command, why: done } : done.effect);
  }
  return { state: now, effects };
}

/** Lets go of silences whose time is over, by Redis's clock. */
export function endSilences(state: AlerterState, { wallMs }: AlertMoment): CommandsDone {
  const over = [...state.silences.values()].filter(({ until }) => Date.parse(until) <= wallMs);
  if (over.length === 0) return { state, effects: [] };
  const silences = new ChangedMap(state.silences);
  for (const { id } of over) silences.delete(id);
  return {
    state: { ...state, silences: silences.now },
    effects: over.map((silence) => ({ type: 'silence.ended', silence, by: null })),
  };
}

/** A text says why it isn't done. */
function apply(
  state: AlerterState,
  given: GivenCommand,
  moment: AlertMoment,
  newId: () => string,
): Done | string {
  const { command, message } = given;
  switch (command.type) {
    case 'silence.add':
      return addSilence(state, { ...command.silence, author: command.by }, moment);
    case 'silence.delete': {
      const silence = state.silences.get(command.id);
      if (silence === undefined) return 'there is no such silence';
      const silences = new ChangedMap(state.silences);
      silences.delete(command.id);
      const effect = { type: 'silence.ended', silence, by: command.by } as const;
      return { state: { ...state, silences: silences.now }, effect };
    }
    case 'alert.ack':
      return acknowledge(state, command.id, {
        ...{ by: command.by, at: isoTime(moment.wallMs), comment: command.comment },
      });
    case 'target.test':
      return test(state, command.target, command.by, moment, newId);
    case 'notification.replay':
      return message === null ? 'there is no message' : replay(state, message, command.by, moment);
  }
}

function addSilence(state: AlerterState, wanted: AlertSilence, { wallMs }: AlertMoment): Done | string {
  const { id, until } = wanted;
  const aheadMs = Date.parse(until) - wallMs;
  if (!(aheadMs > 0)) return 'its end is not in the future';
  if (aheadMs > MAX_SILENCE_MS) return 'its end is more than 30 days ahead';
  if (selectsNothing(wanted)) return 'it selects nothing';
  if (state.silences.has(id)) return 'there is a silence with its id';
  if (state.silences.size >= MAX_SILENCES) return `there are ${MAX_SILENCES} silences already`;
  const silence = { ...wanted, createdAt: isoTime(wallMs), until: isoTime(Date.parse(until)) };
  const silences = new ChangedMap(state.silences);
  silences.set(id, silence);
  return { state: { ...state, silences: silences.now }, effect: { type: 'silence.added', silence } };
}

function selectsNothing({ server, labels = null, host = null, stream, reason }: AlertSilence): boolean {
  const hasLabels = labels !== null && Object.keys(labels).length > 0;
  return !hasLabels && [server, host, stream, reason].every((one) => one === null);
}

function acknowledge(state: AlerterState, id: string, acknowledgement: Acknowledgement): Done | string {
  for (const [key, alert] of state.alerts) {
    if (alert.id !== id) continue;
    if (alert.state === 'resolved') return 'the alert is over';
    const acknowledged = { ...alert, acknowledged: acknowledgement };
    const alerts = new ChangedMap(state.alerts);
    alerts.set(key, acknowledged);
    const effect = { type: 'alert.acknowledged', alert: acknowledged, acknowledgement } as const;
    return { state: { ...state, alerts: alerts.now }, effect };
  }
  return 'there is no such alert';
}

/** A test goes first, and is tried once: somebody waits to see whether it arrives. */
function test(
  state: AlerterState,
  name: string,
  by: string,
  moment: AlertMoment,
  newId: () => string,
): Done | string {
  const target = state.targets.get(name);
  if (target === undefined) return NO_TARGET;
  if (target.isDisabled) return DISABLED;
  const { testedAtMs, queue } = target;
  if (testedAtMs !== null && moment.atMs - testedAtMs < TEST_INTERVAL_MS)
    return 'it was tested in the last minute';
  const message = testMessage(messageHead(newId(), name, moment));
  const targets = new ChangedMap(state.targets);
  targets.set(name, { ...target, testedAtMs: moment.atMs, queue: [queued(message, moment), ...queue] });
  return { state: { ...state, targets: targets.now }, effect: { type: 'message.queued', message, by } };
}

function replay(state: AlerterState, message: TargetMessage, by: string, moment: AlertMoment): Done | string {
  const target = state.targets.get(message.target);
  if (target === undefined) return NO_TARGET;
  if (target.isDisabled) return DISABLED;
  const { queue } = target;
  if (queue.some((one) => one.message.id === message.id)) return 'the message is on its way already';
  if (queue.filter(({ isReplay }) => isReplay).length >= MAX_REPLAYS) {
    return `${MAX_REPLAYS} messages that were given up are on their way to it already`;
  }
  const targets = new ChangedMap(state.targets);
  targets.set(target.name, { ...target, queue: [...queue, queued(message, moment, { isReplay: true })] });
  return { state: { ...state, targets: targets.now }, effect: { type: 'message.queued', message, by } };
}

const NO_TARGET = 'MONITOR_CONFIG has no such target';
const DISABLED = 'the target is gone; it is asked again once its entry in MONITOR_CONFIG is another';
