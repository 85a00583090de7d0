import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AlertPorts } from '../data/alert-sink.ts';
import type { After } from '../data/api-link.ts';
import type { Preferences } from '../data/storage.ts';
import { type Alarm, newAlarms, NOTHING_SEEN, type Picture } from './alarms.ts';

/** Title and text of a notification. */
export type AlertWords = readonly [title: string, body: string];

export interface AlertOptions extends AlertPorts {
  readonly preferences: Preferences;
  readonly after: After;
  readonly monotonicMs: () => number;
  readonly picture: ReadonlySignal<Picture>;
  /** Whether what is shown is current and complete. */
  readonly isCurrent: ReadonlySignal<boolean>;
  readonly isConnected: ReadonlySignal<boolean>;
  readonly words: {
    /** @param news at least one, the worst first */
    readonly trouble: (news: readonly Alarm[]) => AlertWords;
    readonly lost: () => AlertWords;
  };
}

/** `blocked`: asked for, but the browser doesn't allow it. */
export type AlertState = 'on' | 'off' | 'blocked';

/** Tells of streams and servers that get into trouble, and of the loss of the monitor itself, to whoever asked for it. */
export interface Alerts {
  readonly notification: ReadonlySignal<AlertState>;
  readonly sound: ReadonlySignal<AlertState>;
  readonly chooseNotification: (isOn: boolean) => Promise<void>;
  /** Beeps once when switched on, which also is the click that browsers want before a page may sound. */
  readonly chooseSound: (isOn: boolean) => void;
}

/** A monitor that is gone for as long doesn't just restart. */
const LOST_MS = 30_000;

export function createAlerts(options: AlertOptions): Alerts {
  const { preferences, isCurrent, isConnected, words } = options;
  const wantsNotification = preferences.get('notify') === 'on';
  const notification = signal<AlertState>(
    wantsNotification ? (options.mayNotify() ? 'on' : 'blocked') : 'off',
  );
  const sound = signal<AlertState>(preferences.get('sound') === 'on' ? 'on' : 'off');
  let memory = NOTHING_SEEN;
  let wasConnected = false;

  effect(() => {
    if (!isCurrent.value) return;
    const found = newAlarms(memory, options.picture.value, options.monotonicMs());
    ({ memory } = found);
    if (found.news.length > 0) tell(words.trouble(found.news));
  });

  effect(() => {
    wasConnected ||= isConnected.value;
    if (isConnected.value || !wasConnected) return undefined;
    return options.after(LOST_MS, () => {
      tell(words.lost());
    });
  });

  function tell([title, body]: AlertWords): void {
    if (sound.peek() !== 'off') beep();
    if (notification.peek() === 'on' && !options.notify(title, body)) notification.value = 'blocked';
  }

  function beep(): void {
    void options.beep().then((isHeard) => {
      if (sound.peek() !== 'off') sound.value = isHeard ? 'on' : 'blocked';
    });
  }

  return {
    notification,
    sound,
    chooseNotification: async (isOn) => {
      const isAllowed = isOn && (await options.allowNotifications());
      notification.value = isAllowed ? 'on' : isOn ? 'blocked' : 'off';
      preferences.set('notify', isAllowed ? 'on' : null);
    },
    chooseSound: (isOn) => {
      sound.value = isOn ? 'on' : 'off';
      preferences.set('sound', isOn ? 'on' : null);
      if (isOn) beep();
    },
  };
}
