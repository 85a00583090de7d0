import { type Browser, chromium } from 'playwright-core';
import { atEndOfFile } from './at-end.ts';

let launched: Promise<Browser> | undefined;

/** The Chromium of this test file: the one that CHROMIUM_BIN names. */
export function browser(): Promise<Browser> {
  launched ??= launch();
  return launched;
}

async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_BIN'];
  if (executablePath === undefined) throw new Error('no Chromium: run these tests with make test-browser');
  const one = await chromium.launch({ executablePath });
  atEndOfFile(() => one.close());
  return one;
}
