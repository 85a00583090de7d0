import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../data/preferences.ts';
import type { Listed } from '../model/listed.ts';
import type { ServerTrouble } from '../model/truth.ts';
import { type NewTrouble, newlyTroubled, troubleSet, type TroubleSet } from './newly-troubled.ts';

/** How people can be told. */
export interface AlertPorts {
  /** Whether the browser lets this page notify; asks the person where that wasn't decided yet. */
  readonly allowNotifications: () => Promise<boolean>;
  readonly notify: (title: string, body: string) => void;
  readonly beep: () => void;
}

export interface AlertOptions extends AlertPorts {
  readonly preferences: Preferences;
  readonly list: ReadonlySignal<readonly Listed[]>;
  readonly servers: ReadonlySignal<readonly ServerTrouble[]>;
  /** Whether what is shown is current. */
  readonly isCurrent: ReadonlySignal<boolean>;
  /** Says what has happened: title and text. */
  readonly words: (news: NewTrouble) => readonly [title: string, body: string];
}

/** Tells of streams and servers that get into trouble, to whoever asked for it. */
export interface Alerts {
  /** `blocked`: asked for, but the browser doesn't allow it. */
  readonly notification: ReadonlySignal<'on' | 'off' | 'blocked'>;
  readonly sound: ReadonlySignal<boolean>;
  readonly chooseNotification: (isOn: boolean) => Promise<void>;
  /** Beeps once when switched on, which also is the click that browsers want before a page may sound. */
  readonly chooseSound: (isOn: boolean) => void;
}

export function createAlerts(options: AlertOptions): Alerts {
  const { preferences, list, servers, isCurrent } = options;
  const notification = signal<'on' | 'off' | 'blocked'>(preferences.get('notify') === 'on' ? 'on' : 'off');
  const sound = signal(preferences.get('sound') === 'on');
  let before: TroubleSet | undefined;

  effect(() => {
    if (!isCurrent.value) return;
    // What is there when the page is opened is on it for all to see.
    if (before === undefined) {
      before = troubleSet(list.value, servers.value);
      return;
    }
    const { news, now } = newlyTroubled(before, list.value, servers.value);
    before = now;
    if (news.streams.length > 0 || news.servers.length > 0) tell(news);
  });

  function tell(news: NewTrouble): void {
    if (notification.peek() === 'on') options.notify(...options.words(news));
    if (sound.peek()) options.beep();
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
      sound.value = isOn;
      preferences.set('sound', isOn ? 'on' : null);
      if (isOn) options.beep();
    },
  };
}
