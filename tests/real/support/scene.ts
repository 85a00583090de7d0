import { eventually } from '@mediamtx-monitor/testkit';
import type { Browser } from 'playwright-core';
import {
  createOutputs,
  type OutputName,
  serverVerdict,
  type PublishedStreams,
  type Verdict,
  verdictIn,
} from '../../support/outputs.ts';
import { STATIC_DIR, startBrowser } from './browser.ts';
import type { ListedPath, Mediamtx } from './mediamtx.ts';
import { type MonitorSettings, startMonitor } from './monitor.ts';
import type { Rig } from '../../support/rig.ts';

type ByOutput = Readonly<Record<OutputName, Verdict>>;

/** A monitor that is watched everywhere at once. */
export interface RealScene {
  readonly browser: Browser | null;
  /** Waits until MediaMTX itself shows a path so; `undefined` = it doesn't list it. */
  readonly until: (name: string, isSo: (path: ListedPath | undefined) => boolean) => Promise<void>;
  /** What everyone is told of a stream two ticks from now. */
  readonly stream: (name: string) => Promise<ByOutput>;
  /** The same of the server itself. */
  readonly server: () => Promise<ByOutput>;
  /** What everyone is told of a stream as soon as a message has this of it: for what takes its time by itself. */
  readonly streamOnce: (name: string, verdict: Verdict) => Promise<ByOutput>;
  /** Waits until the dashboard's first sentence is such; does nothing where there is no Chromium. */
  readonly pageSays: (sentence: RegExp) => Promise<void>;
  /** Verdicts of a stream from now on; the function hands out those that are green though it isn't live. */
  readonly watchForGreen: (name: string) => () => readonly string[];
}

/** Ticks after which all have to tell what MediaMTX shows: one may be under way. */
const TICKS = 2;

export async function startScene(
  rig: Rig,
  mediamtx: Mediamtx,
  settings: MonitorSettings = {},
): Promise<RealScene> {
  const browser = await startBrowser(rig);
  const { api, redis, streams } = await startMonitor(rig, mediamtx, {
    ...settings,
    api: { STATIC_DIR, ...settings.api },
  });
  const message = (seq: number): Promise<PublishedStreams> => streams.message((one) => one.seq >= seq);
  const outputs = createOutputs({ redis, apiUrl: api.url, message, eventually });
  await rig.add(outputs);
  const page = browser === null ? null : await browser.newPage();
  await page?.goto(api.url);
  await streams.message(() => true);

  const newest = (): number => streams.since(0).at(-1)?.seq ?? 0;
  return {
    browser,
    until: (name, isSo) =>
      eventually(async () => {
        const path = (await mediamtx.paths()).find((one) => one.name === name);
        if (!isSo(path)) throw new Error(`MediaMTX doesn't show ${name} so: ${JSON.stringify(path)}`);
      }, 60_000),
    stream: (name) => outputs.ofStream(name, newest() + TICKS),
    streamOnce: async (name, verdict) => {
      const { seq } = await streams.message((one) => verdictIn(one.streams, name) === verdict, 60_000);
      return outputs.ofStream(name, seq);
    },
    server: () => outputs.ofServer(newest() + TICKS),
    pageSays: async (sentence) => {
      if (page === null) return;
      await eventually(async () => {
        const text = await page.getByRole('heading', { level: 1 }).innerText();
        if (!sentence.test(text)) throw new Error(`the page says: ${text}`);
      });
    },
    watchForGreen: (name) => {
      const from = newest() + TICKS;
      return () =>
        streams.since(from).flatMap((one) => {
          const verdict = verdictIn(one.streams, name);
          const isGreen = verdict === 'nothing' || (/ ok\b/.test(verdict) && !verdict.startsWith('live'));
          // Of a server that can't be read nothing is said of its streams.
          return isGreen && serverVerdict(one).startsWith('up') ? [`${one.seq}: ${verdict}`] : [];
        });
    },
  };
}
