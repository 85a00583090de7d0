import { beforeAll, expect, test } from '@jest/globals';
import { violations } from './support/axe.ts';
import { OPERATORS_TOKEN, startEventfulMonitor } from './support/eventful-monitor.ts';
import { LAPTOP, open, PHONE } from './support/open.ts';
import { LIST, VIEWS } from './support/views.ts';

/** Each view has its time; on a busy machine all of them take long. */
const PATIENCE_MS = 900_000;

let url: string;

beforeAll(async () => {
  url = await startEventfulMonitor();
});

test.each([
  ['laptop', { viewport: LAPTOP }],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true }],
] as const)(
  'axe finds nothing in any view, light or dark, and none is too wide: %s',
  async (_screen, screen) => {
    const { page, watch } = await open(url, '', { ...screen, colorScheme: 'light' });
    // What the browser itself says of an answer that refuses.
    watch.expect(/^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      const inTheLight = await violations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const inTheDark = await violations(page, ['color-contrast']);
      await page.emulateMedia({ colorScheme: 'light' });
      found.push(...[...inTheLight, ...inTheDark].map((violation) => `${name}: ${violation}`));
      const widthPx = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (widthPx > screen.viewport.width) found.push(`${name}: is ${widthPx} px wide`);
    };
    await page.getByLabel('Token').waitFor();
    await look('sign-in');
    await page.goto(`${url}/#token=${OPERATORS_TOKEN}`);
    await page.getByRole('region', { name: 'Token of the link' }).waitFor();
    await look('a link with a token');
    await page.getByRole('button', { name: 'Use the link’s token' }).click();
    await page.locator(LIST).filter({ visible: true }).first().waitFor();
    for (const { name, path = '', shown, prepare } of VIEWS) {
      await page.goto(`${url}/${path}`);
      await page.locator(shown).filter({ visible: true }).first().waitFor();
      await prepare?.(page, () => look(name));
      await look(name);
    }
    expect(found).toStrictEqual([]);
  },
  PATIENCE_MS,
);
