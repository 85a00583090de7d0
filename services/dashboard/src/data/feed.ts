import {
  type connectMonitor,
  type Monitor,
  type MonitorState,
  type ServerAge,
  type Token,
} from '@mediamtx-monitor/client';
import type { StreamsMessage } from '@mediamtx-monitor/types';
import { type ReadonlySignal, signal } from '@preact/signals';
import { EMPTY_FLEET, type Fleet, type News, withNews } from './fleet.ts';
import { createHistory, type History } from './history.ts';

/** What the feed needs of the browser. */
export interface FeedPorts {
  readonly connect: typeof connectMonitor;
  /** Where the API is; empty for the page's own origin. */
  readonly url: string;
  /** Runs something with the next picture that is drawn, or soon where none is drawn; twice does no harm. */
  readonly onNextFrame: (run: () => void) => void;
  /** Runs something each second until the returned function is called. */
  readonly everySecond: (run: () => void) => () => void;
}

/** Everything the API tells, as signals that change at most once a frame. */
export interface Feed {
  readonly fleet: ReadonlySignal<Fleet>;
  readonly link: ReadonlySignal<MonitorState>;
  /** Servers whose data is too old to be believed. */
  readonly stale: ReadonlySignal<ReadonlySet<string>>;
  /** Age of each server's data, measured each second. */
  readonly ages: ReadonlySignal<ReadonlyMap<string, ServerAge>>;
  /** What was seen since the page was opened; changes with `fleet`. */
  readonly history: History;
  readonly close: () => void;
}

/** Subscribes to the whole fleet. */
export function createFeed(token: Token, ports: FeedPorts): Feed {
  const fleet = signal(EMPTY_FLEET);
  const link = signal<MonitorState>({ state: 'connecting' });
  const stale = signal<ReadonlySet<string>>(new Set());
  const ages = signal<ReadonlyMap<string, ServerAge>>(new Map());
  const history = createHistory();
  let news: News | undefined;

  function measure(): void {
    const servers = [...fleet.peek().servers.keys()];
    ages.value = new Map(
      servers.map((server) => [
        server,
        { server, ageMs: monitor.ageMs(server), stale: monitor.isStale(server) },
      ]),
    );
    const nowStale = servers.filter((server) => monitor.isStale(server));
    const before = stale.peek();
    if (nowStale.length !== before.size || !nowStale.every((server) => before.has(server))) {
      stale.value = new Set(nowStale);
    }
  }

  function flush(): void {
    if (news === undefined) return;
    fleet.value = withNews(fleet.peek(), news);
    news = undefined;
    measure();
  }

  function soon(): News {
    if (news === undefined) ports.onNextFrame(flush);
    news ??= { servers: new Map(), hosts: new Map() };
    return news;
  }

  const monitor: Monitor = ports.connect({
    url: ports.url,
    token,
    topics: ['streams'],
    onStreams: (message: StreamsMessage) => {
      history.add(message);
      soon().servers.set(message.server, message);
    },
    onStatus: measure,
    onState: (state) => {
      link.value = state;
    },
  });
  const stopClock = ports.everySecond(measure);

  return {
    fleet,
    link,
    stale,
    ages,
    history,
    close: () => {
      stopClock();
      monitor.close();
    },
  };
}
