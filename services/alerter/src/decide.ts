import { type StoredEvent, type StoredNotification, MAX_ALERTS_SHOWN } from '@mediamtx-monitor/types';
import { advanceAlerts, AlertsViewer, summarise } from './alerts/index.ts';
import { deadLetter } from './dead-letter.ts';
import {
  acknowledgedEvent,
  alertEvent,
  notificationFailedEvent,
  silenceAddedEvent,
  silenceEndedEvent,
} from './events.ts';
import { isoTime } from './iso-time.ts';
import type { DueMessage } from './delivery-port.ts';
import type { EndedMessage } from './ended-message.ts';
import type {
  AlerterState,
  AlertMoment,
  AlertObservation,
  AlertsView,
  GivenCommand,
  NotifyFile,
  StoredAlert,
  TryResult,
} from './model.ts';
import {
  applyCommands,
  TargetAudience,
  type CommandEffect,
  dueIn,
  endSilences,
  noteTold,
  planMessages,
  reconcileTargets,
  takeResults,
} from './plan/index.ts';

/** What a tick decides by. */
export interface TickInput {
  readonly observation: AlertObservation;
  readonly results: readonly TryResult[];
  readonly commands: readonly GivenCommand[];
  /** Id of the last command that was looked at. */
  readonly lastCommandId: string;
  readonly moment: AlertMoment;
}

/** What a tick comes to. */
export interface TickDecision {
  /** The very same state where nothing changed. */
  readonly state: AlerterState;
  readonly view: AlertsView;
  /** What is to be tried once the state is saved. */
  readonly due: readonly DueMessage[];
  readonly events: readonly StoredEvent[];
  readonly notifications: readonly StoredNotification[];
  /** Commands that weren't done. */
  readonly refused: readonly (CommandEffect & { readonly type: 'refused' })[];
  /** Alerts of which nothing was known for too long. */
  readonly forgotten: readonly StoredAlert[];
  /** How much there was no room for: what is in trouble, and what is over before everybody knows that. */
  readonly droppedCount: number;
}

/** Decides what becomes of the state: pure but for ids, and for what it remembers of the file. */
export class Decider {
  readonly audience: TargetAudience;
  readonly #viewer: AlertsViewer;
  readonly #newId: () => string;

  /** @param newId makes an id that nothing else has */
  constructor({ targets, maintenance }: NotifyFile, newId: () => string) {
    this.audience = new TargetAudience(targets);
    this.#viewer = new AlertsViewer(maintenance);
    this.#newId = newId;
  }

  /** @param isFirst whether the state was just read: then its targets may be others than those of the file */
  decide(before: AlerterState, input: TickInput, isFirst: boolean): TickDecision {
    const { observation, results, commands, lastCommandId, moment } = input;
    const { audience } = this;
    const newId = this.#newId;
    const at = isoTime(moment.wallMs);
    const known = isFirst ? reconcileTargets(before, audience, moment) : { state: before, ended: [] };
    const taken = takeResults(known.state, results, moment, newId);
    const done = applyCommands(taken.state, commands, moment, newId);
    const awake = endSilences(done.state, moment);
    const firesAtMs = (alert: StoredAlert): number => audience.firesAtMs(alert);
    const advanced = advanceAlerts(awake.state.alerts, observation, moment, { firesAtMs, newId });
    const { alerts } = advanced;
    const current = awake.state.alerts === alerts ? awake.state : { ...awake.state, alerts };
    const view = this.#viewer.view(alerts, current.silences, moment.wallMs);
    const planned = planMessages(current, { audience, view, moment, newId });
    const due = dueIn(planned, audience, moment);
    const noted = noteTold(planned, due);
    const state = noted.commandId === lastCommandId ? noted : { ...noted, commandId: lastCommandId };
    const effects = [...done.effects, ...awake.effects];
    const notifications = [...known.ended, ...taken.ended].map((ended) => this.#notificationOf(ended));
    return {
      ...{ state, view, due, notifications },
      events: [
        ...effects.flatMap((effect) => eventOf(effect, at) ?? []),
        ...advanced.events.map(({ type, alert }) => alertEvent(type, alert, at)),
        ...notifications.filter(({ outcome }) => outcome === 'dead').map(notificationFailedEvent),
      ],
      refused: effects.filter((effect) => effect.type === 'refused'),
      forgotten: advanced.forgotten,
      droppedCount: advanced.droppedCount,
    };
  }

  /** All alerts as they are published. */
  summary({ alerts }: AlerterState, view: AlertsView) {
    return summarise(alerts, view, MAX_ALERTS_SHOWN);
  }

  #notificationOf({ message, outcome, tries, error, at }: EndedMessage): StoredNotification {
    const { id: messageId, target, kind, at: madeAt, firedCount, repeatedCount, resolvedCount } = message;
    return {
      ...{ messageId, target, targetKind: this.audience.named(target)?.kind ?? '', kind, madeAt, at },
      ...{ outcome, tries, error, firedCount, repeatedCount, resolvedCount },
      ...(outcome === 'dead' ? deadLetter(message) : {}),
    };
  }
}

function eventOf(effect: CommandEffect, at: string): StoredEvent | null {
  switch (effect.type) {
    case 'silence.added':
      return silenceAddedEvent(effect.silence);
    case 'silence.ended':
      return silenceEndedEvent(effect.silence, effect.by, at);
    case 'alert.acknowledged':
      return acknowledgedEvent(effect.alert, effect.acknowledgement);
    case 'message.queued':
    case 'refused':
      return null;
  }
}
