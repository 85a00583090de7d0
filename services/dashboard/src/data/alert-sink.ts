/** How people can be notified. */
export interface AlertSink {
  /** Whether the browser lets this page notify. */
  mayNotify(): boolean;
  /** Asks the person where that wasn't decided yet; whether the browser lets this page notify then. */
  allowNotifications(): Promise<boolean>;
  /** Whether it was shown. */
  notify(title: string, body: string): boolean;
  /** Whether it was heard; browsers may want a click or key on the page first. */
  beep(): Promise<boolean>;
}

/** Two tones, high and low. */
const TONES_HZ = [880, 660];
const TONE_S = 0.18;
const VOLUME = 0.2;

/** A browser that lets the page sound does so within this time; what it plays later, nobody asked for any more. */
const RESUME_MS = 500;

/** The browser's own ways to notify people. */
export class BrowserAlertSink implements AlertSink {
  #audio: AudioContext | undefined;

  mayNotify(): boolean {
    // Of pages that came over http browsers show none, and have no such thing.
    return 'Notification' in globalThis && Notification.permission === 'granted';
  }

  async allowNotifications(): Promise<boolean> {
    return 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
  }

  notify(title: string, body: string): boolean {
    if (!this.mayNotify()) return false;
    try {
      const notification = new Notification(title, { body });
      notification.addEventListener('click', () => {
        focus();
        notification.close();
      });
      return true;
    } catch {
      // Chrome on Android has the constructor, and throws when it is used.
      return false;
    }
  }

  async beep(): Promise<boolean> {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    // Stays pending until there was a click, by which time the tones would be of yesterday.
    await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, RESUME_MS))]);
    if (audio.state !== 'running') return false;
    for (const [index, frequency] of TONES_HZ.entries()) tone(audio, frequency, index * TONE_S);
    return true;
  }
}

function tone(audio: AudioContext, frequencyHz: number, delayS: number): void {
  const start = audio.currentTime + delayS;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequencyHz;
  gain.gain.setValueAtTime(VOLUME, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_S);
}
