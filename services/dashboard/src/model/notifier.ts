import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { AlertSink } from '../data/alert-sink.ts';
import type { After } from '../data/api-link.ts';
import type { Preferences } from '../data/storage.ts';
import type { PageAlert } from './alerts.ts';

/** Title and text of a notification. */
export type NotificationText = readonly [title: string, body: string];

export interface NotifierOptions {
  readonly sink: AlertSink;
  readonly preferences: Preferences;
  readonly after: After;
  readonly isConnected: ReadonlySignal<boolean>;
  readonly text: {
    /** @param alerts at least one, the worst first */
    readonly alerts: (alerts: readonly PageAlert[]) => NotificationText;
    readonly lost: () => NotificationText;
  };
}

/** `blocked`: asked for, but the browser doesn't allow it. */
export type NotifierState = 'on' | 'off' | 'blocked';

/** A monitor that is gone for as long doesn't just restart. */
const LOST_MS = 30_000;

/** Notifies whoever asked for it of streams and servers that get ill, and of the loss of the monitor itself. */
export class Notifier {
  readonly #notification = signal<NotifierState>('off');
  readonly notification: ReadonlySignal<NotifierState> = this.#notification;
  readonly #sound = signal<NotifierState>('off');
  readonly sound: ReadonlySignal<NotifierState> = this.#sound;
  readonly #options: NotifierOptions;
  #wasConnected = false;

  constructor(options: NotifierOptions) {
    const { sink, preferences, after, isConnected, text } = options;
    this.#options = options;
    if (preferences.get('notify') === 'on') this.#notification.value = sink.mayNotify() ? 'on' : 'blocked';
    if (preferences.get('sound') === 'on') this.#sound.value = 'on';
    effect(() => {
      this.#wasConnected ||= isConnected.value;
      if (isConnected.value || !this.#wasConnected) return undefined;
      return after(LOST_MS, () => {
        this.#show(text.lost());
      });
    });
  }

  async chooseNotification(isOn: boolean): Promise<void> {
    const { sink, preferences } = this.#options;
    const isAllowed = isOn && (await sink.allowNotifications());
    this.#notification.value = isAllowed ? 'on' : isOn ? 'blocked' : 'off';
    preferences.set('notify', isAllowed ? 'on' : null);
  }

  /** Beeps once when switched on, which also is the click that browsers want before a page may sound. */
  chooseSound(isOn: boolean): void {
    this.#sound.value = isOn ? 'on' : 'off';
    this.#options.preferences.set('sound', isOn ? 'on' : null);
    if (isOn) this.#beep();
  }

  /** @param alerts at least one, the worst first */
  alert(alerts: readonly PageAlert[]): void {
    this.#show(this.#options.text.alerts(alerts));
  }

  #show([title, body]: NotificationText): void {
    const { sink } = this.#options;
    if (this.#sound.peek() !== 'off') this.#beep();
    if (this.#notification.peek() === 'on' && !sink.notify(title, body)) this.#notification.value = 'blocked';
  }

  #beep(): void {
    void this.#options.sink.beep().then((isAudible) => {
      if (this.#sound.peek() !== 'off') this.#sound.value = isAudible ? 'on' : 'blocked';
    });
  }
}
