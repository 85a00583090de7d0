import type { LiveMonitor, MonitorOptions } from '@mediamtx-monitor/client';
import { silenceOf } from '@mediamtx-monitor/types';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { App } from '../../src/app.tsx';
import { createDashboard } from '../../src/dashboard.ts';
import { Preferences, type Store } from '../../src/data/storage.ts';
import type { Dashboard } from '../../src/ui/context.ts';
import type { FleetWorkerPorts } from '../../src/worker/fleet-worker.ts';
import { TestExchange } from './exchange.ts';
import { testTimers, type TestTimers } from './timers.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import './browser.ts';

/** A page whose messages come from the test. */
export interface TestPage {
  readonly dashboard: Dashboard;
  readonly root: HTMLElement;
  /** Hands something to the listeners of the page's subscription, and lets the page draw it. */
  readonly deliver: (say: (listeners: MonitorOptions) => void) => void;
  readonly do: (change: () => void) => void;
  /** Lets so many ms pass. */
  readonly wait: (ms: number) => void;
  /** Servers and hosts of which nothing is heard any more. */
  readonly stale: Set<string>;
  /** How old all data of servers is, as the page finds it each second. */
  readonly age: { ms: number | null };
  /** Lets seconds pass, until the page has looked at its ages. */
  readonly look: () => void;
  /** Has people change the address of the open page. */
  readonly goTo: (address: { readonly search?: string; readonly hash?: string }) => void;
  readonly address: () => string;
  readonly tabMemory: Map<string, string>;
  /** What the browser keeps when the tab is closed. */
  readonly browserMemory: Map<string, string>;
  readonly reloads: () => number;
  /** What the icon had, one after the other. */
  readonly badges: readonly (number | null)[];
  readonly notifications: readonly (readonly [title: string, body: string])[];
}

interface PageOptions {
  readonly tab?: Record<string, string>;
  readonly browser?: Record<string, string>;
  /** What the page connects with, instead of the test's own words. */
  readonly connect?: (options: MonitorOptions) => LiveMonitor;
  readonly timers?: TestTimers;
  readonly ageMs?: number | null;
  readonly monotonicMs?: () => number;
  /** The API; none unless given. */
  readonly fetch?: typeof fetch;
  /** Of the address that it is opened at. */
  readonly hash?: string;
  /** Whether the browser keeps anything for the tab. */
  readonly keeps?: boolean;
}

export function openPage(query = '', options: PageOptions = {}): TestPage {
  const {
    tab = {},
    browser = {},
    timers = testTimers(),
    connect,
    ageMs = 1_200,
    keeps = true,
    hash = '',
  } = options;
  let listeners: MonitorOptions = { url: '' };
  let reloads = 0;
  let everySecond: (() => void)[] = [];
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const age = { ms: ageMs };
  const notifications: [title: string, body: string][] = [];
  const badges: (number | null)[] = [];
  const stale = new Set<string>();
  const tabMemory = new Map(Object.entries(tab));
  const browserMemory = new Map(Object.entries(browser));
  let frames: (() => void)[] = [];
  let pops: (() => void)[] = [];
  const location = { search: query, hash };
  const visit = (_state: unknown, _title: string, url?: string | URL | null): void => {
    location.search = String(url);
    location.hash = '';
  };
  const ports: FleetWorkerPorts = {
    connect: (given) => {
      if (connect !== undefined) return connect(given);
      // The page's sockets together hear everything.
      listeners = { ...listeners, ...given };
      return {
        state: { state: 'connecting' },
        subscribe: () => undefined,
        latest: () => undefined,
        ageMs: () => age.ms,
        silentMs: () => age.ms,
        silence: (server) => silenceOf(age.ms, stale.has(server)),
        hostAgeMs: () => 2_500,
        isHostStale: (host) => stale.has(host),
        isStale: (server) => stale.has(server),
        close: () => undefined,
      };
    },
    onNextPicture: (run) => frames.push(run),
    everySecond: (run) => {
      everySecond = [...everySecond, run];
    },
    after: timers.after,
    monotonicMs,
  };
  const exchange = new TestExchange(ports);
  const dashboard = createDashboard({
    startWorker: exchange.start,
    url: 'http://monitor.example:8080/',
    after: timers.after,
    location,
    history: { pushState: visit, replaceState: visit },
    onPopState: (run) => {
      pops = [...pops, run];
    },
    preferences: new Preferences(() => storeOf(browserMemory)),
    tabMemory: new Preferences(() => {
      if (!keeps) throw new Error('blocked');
      return storeOf(tabMemory);
    }),
    languages: ['en-GB'],
    now: () => Date.parse('2026-01-01T01:05:00.000Z'),
    monotonicMs,
    fetch: options.fetch ?? (() => Promise.reject(new Error('no API here'))),
    alertSink: {
      mayNotify: () => true,
      allowNotifications: () => Promise.resolve(true),
      notify: (...shown) => {
        notifications.push(shown);
        return true;
      },
      beep: () => Promise.resolve(true),
    },
    showBadge: (count) => {
      badges.push(count);
    },
    reload: () => {
      reloads += 1;
    },
    onWake: () => undefined,
  });
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  void act(() => {
    render(<App dashboard={dashboard} />, root);
  });
  const change = (run: () => void): void => {
    void act(() => {
      run();
      const due = frames;
      frames = [];
      for (const draw of due) draw();
    });
    // What is drawn may ask for more.
    while (exchange.isWaiting) {
      void act(() => {
        exchange.pass();
      });
    }
  };
  change(() => undefined);
  return {
    dashboard,
    root,
    deliver: (say) => {
      change(() => {
        say(listeners);
      });
    },
    do: change,
    wait: (ms) => {
      change(() => {
        timers.pass(ms);
      });
    },
    stale,
    age,
    look: () => {
      change(() => {
        for (const run of [...everySecond, ...everySecond]) run();
      });
    },
    goTo: (address) => {
      Object.assign(location, address);
      change(() => {
        for (const run of pops) run();
      });
    },
    address: () => location.search + location.hash,
    tabMemory,
    browserMemory,
    reloads: () => reloads,
    notifications,
    badges,
  };
}

function storeOf(kept: Map<string, string>): Store {
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

/** Lets what is loaded or asked for come, and has it drawn. */
export async function settle(page: TestPage): Promise<void> {
  await nextTurn();
  page.do(() => undefined);
}

/** Lets the texts of the page's language come, and has them drawn. */
export async function spoken(page: TestPage): Promise<void> {
  await page.dashboard.isReady;
  page.do(() => undefined);
}

/** The text of what matches, as people see it; empty when nothing does. */
export function textOf(root: ParentNode, selector: string): string {
  return root.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

/** The address that is asked, however it is given. */
export function urlOf(request: Parameters<typeof fetch>[0]): string {
  return typeof request === 'object' && 'url' in request ? request.url : request.toString();
}
