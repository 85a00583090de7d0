import type { Page } from 'playwright-core';

/** Something of the dashboard to be seen on a picture. */
export interface Scene {
  /** Beginning of the picture's name. */
  readonly name: string;
  /** Which of the fleets that were started. */
  readonly fleet: 'busy' | 'empty' | 'locked';
  /** The URL's query: the view. */
  readonly query: string;
  /** What is done on the page before. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A stream whose link loses packets. */
export const LOSSY_STREAM = 'remote/harbour';
/** A stream whose media have stopped. */
export const FROZEN_STREAM = 'cam/crowd';
/** A name that no layout was made for. */
export const LONG_NAME =
  'events/2026/stadium-north/grandstand/camera-operator-17-handheld-backup-uplink-over-5g';

export const SCENES: readonly Scene[] = [
  { name: 'overview', fleet: 'busy', query: '' },
  { name: 'overview-german', fleet: 'busy', query: '?lang=de' },
  { name: 'cards', fleet: 'busy', query: '?view=cards' },
  { name: 'kiosk', fleet: 'busy', query: '?view=cards&kiosk=1' },
  { name: 'filtered', fleet: 'busy', query: '?q=cam&state=live' },
  { name: 'nothing-matches', fleet: 'busy', query: '?q=nothing-is-called-so' },
  { name: 'stream-loss', fleet: 'busy', query: `?stream=main/${LOSSY_STREAM}` },
  { name: 'stream-stalled', fleet: 'busy', query: `?stream=main/${FROZEN_STREAM}` },
  { name: 'stream-idle', fleet: 'busy', query: '?stream=main/studio-2' },
  { name: 'stream-long-name', fleet: 'busy', query: `?stream=main/${LONG_NAME}` },
  { name: 'stream-unknown', fleet: 'busy', query: '?stream=main/was-never-there' },
  { name: 'servers', fleet: 'busy', query: '?view=servers' },
  { name: 'help', fleet: 'busy', query: '', prepare: (page) => page.keyboard.press('?') },
  { name: 'settings', fleet: 'busy', query: '', prepare: (page) => page.getByLabel('Settings').click() },
  {
    name: 'connection-lost',
    fleet: 'busy',
    query: '',
    // The picture stays, and gets old.
    prepare: async (page) => {
      await page.context().setOffline(true);
      await page.getByRole('strong').filter({ hasText: 'Connection lost' }).waitFor();
      await page.waitForTimeout(8_000);
    },
  },
  { name: 'empty', fleet: 'empty', query: '' },
  { name: 'sign-in', fleet: 'locked', query: '' },
];
