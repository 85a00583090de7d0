import { describe, expect, test } from '@jest/globals';
import type { LiveMonitor, MonitorOptions } from '@mediamtx-monitor/client';
import { NO_FILTER, type ViewFilter, DEFAULT_SORT } from '../../src/data/view.ts';
import type { ListLine, Shown, Wanted, WorkerMessage } from '../../src/worker/exchange.ts';
import { FleetWorker } from '../../src/worker/fleet-worker.ts';
import { slow, srt } from '../support/connections.ts';
import { hostsMessage } from '../support/hosts.ts';
import { connectionsMessage, snapshot, stream } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

const OPEN = { state: 'open', transport: 'websocket' } as const;
const LOST = { state: 'waiting', retryInMs: 500, code: 'lost', reason: '' } as const;

/** A connection that the worker has asked for. */
interface AskedConnection {
  readonly options: MonitorOptions;
  isClosed: boolean;
}

/** A worker whose page is the test. */
function start(wanted: Partial<Wanted> = {}) {
  const timers = testTimers();
  const connections: AskedConnection[] = [];
  const sent: WorkerMessage[] = [];
  let draw = (): void => undefined;
  let second = (): void => undefined;
  const worker = new FleetWorker(
    { type: 'start', url: 'http://monitor.example/', token: 'secret' },
    {
      connect: (options): LiveMonitor => {
        const asked = { options, isClosed: false };
        connections.push(asked);
        return {
          state: OPEN,
          subscribe: () => undefined,
          latest: () => undefined,
          ageMs: () => 1_500,
          silentMs: () => 500,
          silence: () => 'fresh',
          hostAgeMs: () => 3_000,
          isHostStale: () => false,
          isStale: () => false,
          close: () => {
            asked.isClosed = true;
          },
        };
      },
      onNextPicture: (run) => {
        draw = run;
      },
      everySecond: (run) => {
        second = run;
      },
      after: timers.after,
      monotonicMs: timers.monotonicMs,
    },
    // What can't be copied can't be sent.
    (message) => sent.push(structuredClone(message)),
  );
  const want = (changes: Partial<Wanted>): void => {
    worker.take({ type: 'wants', changes });
  };
  want({ part: { kind: 'rows', first: 0, last: 2 }, sparkLength: 3, ...wanted });
  return {
    worker,
    connections,
    want,
    /** All that was sent since the last time. */
    news: () => sent.splice(0),
    /** What is shown by now of what was sent since the last time. */
    changes: () => changesIn(sent.splice(0)),
    deliver: (say: (listeners: MonitorOptions) => void, connection = 0) => {
      const asked = connections[connection];
      if (asked !== undefined) say(asked.options);
      draw();
    },
    second: () => {
      second();
    },
    pass: timers.pass,
  };
}

function changesIn(messages: readonly WorkerMessage[]): Partial<Shown> {
  const all = messages.map((message) => (message.type === 'shows' ? message.changes : {}));
  return Object.assign({}, ...all) as Partial<Shown>;
}

const STATUS = { server: 'main', ageMs: 9_000, stale: true } as const;
const CAMS = ['cam1', 'cam2', 'cam3'].map((name) => stream({ name }));
const rowNames = (rows: readonly ListLine[]): readonly string[] =>
  rows.map((row) => (row.group === undefined ? row.listed.stream.name : row.group.key));
const names = ({ list }: Partial<Shown>): readonly string[] | undefined => list && rowNames(list.rows);
const filtered = (filter: Partial<ViewFilter>): Partial<Wanted> => ({
  selection: { filter: { ...NO_FILTER, ...filter }, sort: DEFAULT_SORT, grouping: null, isScreen: false },
});

describe('the worker', () => {
  test('connects where the page says, with its token', () => {
    const { connections } = start();
    expect(connections.map(({ options }) => [options.url, options.token, options.topics])).toStrictEqual([
      ['http://monitor.example/', 'secret', ['servers', 'hosts', 'alerts']],
    ]);
  });

  test('sends of a tick what is shown, in one message, and no more streams than are looked at', () => {
    const { deliver, news } = start();
    news();
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    const messages = news();
    expect(messages.map(({ type }) => type)).toStrictEqual(['shows']);
    const changes = changesIn(messages);
    expect(names(changes)).toStrictEqual(['cam1', 'cam2']);
    expect(changes.streamCount).toBe(3);
    expect(changes.servers?.get('main')).not.toHaveProperty('streams');
    expect(JSON.stringify([...(changes.servers ?? [])])).not.toContain('cam');
    expect(changes.ages?.get('main')).toStrictEqual({ ageMs: 1_500, stale: false });
  });

  test.each([
    ['a silent server says', STATUS],
    ['goes with a server', { ...STATUS, gone: true } as const],
  ])('sends in one message what %s', (_what, status) => {
    const { deliver, news } = start();
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    news();
    deliver(({ onStatus }) => onStatus?.(status));
    expect(news().map(({ type }) => type)).toStrictEqual(['shows']);
  });

  test('sends ages each second in one message, but in that in which they came with something else', () => {
    const { deliver, news, second } = start();
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    expect(changesIn(news()).ages?.size).toBe(1);
    second();
    expect(news()).toStrictEqual([]);
    second();
    const messages = news();
    expect(messages).toHaveLength(1);
    expect(changesIn(messages).ages?.size).toBe(1);
  });

  test('sends of hosts nothing about streams', () => {
    const { deliver, changes } = start();
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    changes();
    deliver(({ onHosts }) => onHosts?.(hostsMessage()));
    const sent = changes();
    expect(sent.hosts?.size).toBe(1);
    expect(sent).not.toHaveProperty('list');
    expect(sent).not.toHaveProperty('servers');
  });

  test('names of streams that need attention as many as can be shown, and counts all', () => {
    const { deliver, changes } = start();
    const ill = Array.from({ length: 50 }, (_, index) => stream({ name: `cam${index}`, health: 'critical' }));
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot(ill));
    });
    const { summary } = changes();
    expect(summary).toMatchObject({ kind: 'attention', streamCount: 50 });
    expect(summary?.kind === 'attention' && summary.streams).toHaveLength(3);
  });

  test('filters, sorts and turns to what is looked at; while there is no list, none is sent', () => {
    const { deliver, changes, want } = start();
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    want({ part: { kind: 'rows', first: 2, last: 4 } });
    expect(names(changes())).toStrictEqual(['cam3']);
    want({ ...filtered({ q: '2' }), part: { kind: 'rows', first: 0, last: 2 } });
    const narrowed = changes();
    expect(names(narrowed)).toStrictEqual(['cam2']);
    expect(narrowed.list).toMatchObject({ total: 1, filter: { q: '2' } });
    want({ selection: null });
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS, { seq: 2 })));
    expect(changes()).not.toHaveProperty('list');
    want(filtered({}));
    expect(names(changes())).toStrictEqual(['cam1', 'cam2']);
  });

  test('has the client try again at once when the page is looked at', () => {
    const { connections, worker } = start();
    let woken = 0;
    const stop = connections[0]?.options.onWake?.(() => (woken += 1));
    worker.take({ type: 'wake' });
    stop?.();
    worker.take({ type: 'wake' });
    expect(woken).toBe(1);
  });
});

describe('the stream whose page is open', () => {
  const ID = { server: 'main', name: 'cam1' };

  test('has a connection of its own, until another is', () => {
    const { connections, want } = start();
    want({ stream: ID });
    want({ stream: { server: 'main', name: 'cam2' } });
    want({ stream: null });
    expect(connections.map(({ options, isClosed }) => [options.stream, isClosed])).toStrictEqual([
      [undefined, false],
      ['cam1', true],
      ['cam2', true],
    ]);
  });

  test('comes with its cause, its numbers, its publisher, and as many viewers as are wanted', () => {
    const { deliver, changes, want } = start({ stream: ID, viewers: 1 });
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    deliver(({ onConnections }) => {
      onConnections?.(connectionsMessage(CAMS.map((_, index) => ({ ...slow(`v${index}`), stream: 'cam1' }))));
      onConnections?.(
        connectionsMessage(
          [
            { ...srt({ id: 'p', role: 'publish' }), stream: 'cam1' },
            { ...slow('v1'), stream: 'cam1' },
            { ...slow('v2'), stream: 'cam1' },
          ],
          2,
        ),
      );
    }, 1);
    const opened = changes().stream;
    expect(opened).toMatchObject({
      key: 'main/cam1',
      listed: { stream: { name: 'cam1' } },
      cause: { site: 'both-viewers' },
      connections: { publisher: { id: 'p' }, viewerCount: 2 },
      lastPublisher: { id: 'p' },
    });
    expect(opened?.connections?.viewers).toHaveLength(1);
    expect(opened?.charts.values.inboundMbps).toHaveLength(1);
    want({ viewers: 101 });
    expect(changes().stream?.connections?.viewers).toHaveLength(2);
  });

  test('that isn’t listed any more is as it was last seen', () => {
    const { deliver, changes } = start({ stream: ID });
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS.slice(1), { seq: 2 })));
    expect(changes().stream).toMatchObject({ listed: null, lastSeen: { record: { name: 'cam1' } } });
  });

  test('whose connections are lost is blamed on nobody, and says how old they are', () => {
    const { deliver, changes } = start({ stream: ID, viewers: 9 });
    deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
    deliver(({ onState, onConnections }) => {
      onState?.(OPEN);
      onConnections?.(connectionsMessage([{ ...slow('v'), stream: 'cam1' }]));
    }, 1);
    expect(changes().stream).toMatchObject({ cause: { site: 'one-viewer' }, connectionsAgeMs: null });
    deliver(({ onState }) => onState?.(LOST), 1);
    const { stream: opened } = changes();
    expect(opened).toMatchObject({ link: LOST, connectionsAgeMs: 1_500 });
    expect(opened?.cause?.site).not.toBe('one-viewer');
    expect(opened?.connections?.viewerCount).toBe(1);
  });
});

describe('alerts', () => {
  const ill = [stream({ name: 'cam1', health: 'critical' }), ...CAMS.slice(1)];

  test('are of what begins once all is known, and come after what is shown of it', () => {
    const { deliver, news, pass } = start();
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot(CAMS));
    });
    pass(5_000);
    news();
    deliver(({ onStreams }) => onStreams?.(snapshot(ill, { seq: 2 })));
    const sent = news();
    expect(sent.map(({ type }) => type)).toStrictEqual(['shows', 'alerts']);
    expect(sent[1]).toMatchObject({ alerts: [{ subject: 'stream main/cam1', severity: 'critical' }] });
    deliver(({ onStreams }) => onStreams?.(snapshot(ill, { seq: 3 })));
    expect(news().map(({ type }) => type)).toStrictEqual(['shows']);
  });

  test('are none of what was so before', () => {
    const { deliver, news, pass } = start();
    deliver(({ onState, onStreams }) => {
      onState?.(OPEN);
      onStreams?.(snapshot(ill));
    });
    pass(5_000);
    expect(news().map(({ type }) => type)).not.toContain('alerts');
  });
});

test('a wall has what is pinned in its order, and the favourites are those of the page', () => {
  const { deliver, news, want } = start();
  deliver(({ onStreams }) => onStreams?.(snapshot(CAMS)));
  news();
  const filter = { ...NO_FILTER, pins: ['main/cam3', 'main/cam1'] };
  want({ selection: { filter, sort: null, grouping: null, isScreen: false } });
  expect(names(changesIn(news()))).toStrictEqual(['cam3', 'cam1']);
  want({ ...filtered({ favourites: true }), favourites: ['main/cam2'] });
  expect(names(changesIn(news()))).toStrictEqual(['cam2']);
});
