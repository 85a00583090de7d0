import { eventually } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { type Browser, chromium } from 'playwright-core';
import { fillHistory, publishedStreams } from '../history/fill.ts';
import type { Ending } from '../rig/ending.ts';
import { type Meeting, startCollector, startDashboard } from '../rig/fleet.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';

/** Time for anything to be on the page, in ms: a busy machine takes long to start all behind it. */
export const PATIENCE_MS = 120_000;

/** More than a page has rows. */
const REMEMBERED = 60;

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
  return startDashboard(ending, await startPolled(ending, streams));
}

/** The same, of whose first streams by name the last day is known. */
export async function startRememberedFleet(ending: Ending, streams: number): Promise<string> {
  const meeting = await startPolled(ending, streams);
  const redis = connectRedis(ending, meeting.redisUrl);
  const names = redisNames(meeting.prefix);
  const published = await eventually(() => publishedStreams(redis, names, streams));
  await fillHistory(redis, names, published.toSorted().slice(0, REMEMBERED), Date.now());
  return startDashboard(ending, meeting);
}

async function startPolled(ending: Ending, streams: number): Promise<Meeting> {
  const meeting = { redisUrl: await startRedis(ending), prefix: `bench-${streams}` };
  const simulator = await startSimulatorProgram(ending, streams);
  startCollector(ending, meeting, simulator.url);
  return meeting;
}
