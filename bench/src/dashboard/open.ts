import { type Browser, chromium } from 'playwright-core';
import type { Ending } from '../rig/ending.ts';
import { type Meeting, startCollector, startDashboard } from '../rig/fleet.ts';
import { startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';

/** Time for anything to be on the page, in ms: a busy machine takes long to start all behind it. */
export const PATIENCE_MS = 120_000;

/** How all pages are looked at. */
export const CONTEXT = { viewport: { width: 1366, height: 768 }, locale: 'en-GB' };

/** Starts the Chromium that CHROMIUM_BIN names, else Debian's. */
export async function startBrowser(ending: Ending, args: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
  // What started it ends it, in order.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({
    executablePath,
    args: [...args],
    timeout: PATIENCE_MS,
    ...signals,
  });
  ending.add(() => browser.close());
  return browser;
}

/** Starts everything behind a dashboard of so many simulated streams; resolves with its address. */
export async function startFleet(ending: Ending, streams: number): Promise<string> {
  const meeting: Meeting = { redisUrl: await startRedis(ending), prefix: `bench-${streams}` };
  const simulator = await startSimulatorProgram(ending, streams);
  startCollector(ending, meeting, simulator.url);
  return startDashboard(ending, meeting);
}
