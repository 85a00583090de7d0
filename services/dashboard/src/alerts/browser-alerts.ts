import type { AlertPorts } from './alerts.ts';

/** One notification takes the place of the one before. */
const TAG = 'mediamtx-monitor';
/** Two tones, high and low. */
const TONES_HZ = [880, 660];
const TONE_S = 0.18;
const VOLUME = 0.2;

/** The browser's own ways of telling people. */
export function browserAlerts(): AlertPorts {
  let audio: AudioContext | undefined;
  return {
    // Of pages that came over http browsers show none, and have no such thing.
    allowNotifications: async () =>
      'Notification' in globalThis && (await Notification.requestPermission()) === 'granted',
    notify: (title, body) => {
      if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
      const notification = new Notification(title, { body, tag: TAG });
      notification.addEventListener('click', () => {
        focus();
        notification.close();
      });
    },
    beep: () => {
      audio ??= new AudioContext();
      void audio.resume();
      for (const [index, frequency] of TONES_HZ.entries()) tone(audio, frequency, index * TONE_S);
    },
  };
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
