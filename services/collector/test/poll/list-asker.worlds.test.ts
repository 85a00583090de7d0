import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import fc from 'fast-check';
import type { PollResult } from '../../src/facts.ts';
import { normalise } from '../../src/normalise.ts';
import { Budget } from '../../src/poll/budget.ts';
import { ListAsker } from '../../src/poll/list-asker.ts';
import { leadingList, LIST_NAMES, type ListName, type ListOutcome } from '../../src/protocols/index.ts';
import { answerOf, items, OFF } from '../support/polls.ts';

const INTERVAL_MS = 2_000;
const QUIET_TICKS = 5;
const BUDGET = new Budget({ bytes: Infinity, values: Infinity, records: Infinity });
const FAILURE: ListOutcome = { kind: 'failed', status: 'error', error: 'HTTP 500' };

/** How the path list calls what stands in each list, as 1.20 does. */
const TYPES = {
  srtconns: 'srtConn',
  rtspsessions: 'rtspSession',
  rtspssessions: 'rtspsSession',
  rtmpconns: 'rtmpConn',
  rtmpsconns: 'rtmpsConn',
  hlssessions: 'hlsSession',
  webrtcsessions: 'webRTCSession',
  moqsessions: 'moqSession',
} as const;
type Kind = keyof typeof TYPES;
const KINDS = Object.keys(TYPES) as readonly Kind[];

interface Client {
  readonly id: string;
  readonly list: Kind;
  readonly stream: string | null;
  readonly sinceTick: number;
}

/** What happens before a tick. */
type ServerChange =
  | { readonly kind: 'comes'; readonly list: Kind; readonly stream: string | null }
  | { readonly kind: 'goes' | 'settles'; readonly which: number }
  | { readonly kind: 'switched'; readonly list: Kind }
  | { readonly kind: 'fails' | 'heals'; readonly list: ListName }
  | { readonly kind: 'restarts' };

const change: fc.Arbitrary<ServerChange> = fc.oneof(
  fc.record({
    kind: fc.constant('comes' as const),
    list: fc.constantFrom(...KINDS),
    stream: fc.constantFrom('a', 'b', null),
  }),
  fc.record({ kind: fc.constantFrom('goes' as const, 'settles' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('switched' as const), list: fc.constantFrom(...KINDS) }),
  fc.record({
    kind: fc.constantFrom('fails' as const, 'heals' as const, 'heals' as const),
    list: fc.constantFrom(...LIST_NAMES),
  }),
  fc.record({ kind: fc.constant('restarts' as const) }),
);

/** A server to which things happen. */
class MadeUpServer {
  clients: Client[] = [];
  readonly off = new Set<string>();
  readonly failing = new Set<string>();
  run = 0;
  isNewConnection = true;
  #count = 0;

  apply(what: ServerChange, tick: number): void {
    const which = 'which' in what ? what.which % Math.max(1, this.clients.length) : -1;
    switch (what.kind) {
      case 'comes':
        if (this.off.has(what.list)) return;
        this.clients.push({ id: `c${this.#count}`, list: what.list, stream: what.stream, sinceTick: tick });
        this.#count += 1;
        break;
      case 'goes':
        this.clients = this.clients.filter((_client, index) => index !== which);
        break;
      case 'settles':
        this.clients = this.clients.map((client, index) =>
          index === which
            ? { ...client, stream: client.stream === null ? 'a' : null, sinceTick: tick }
            : client,
        );
        break;
      case 'switched':
        this.clients = this.clients.filter(({ list }) => list !== what.list);
        if (!this.off.delete(what.list)) this.off.add(what.list);
        break;
      case 'fails':
        this.failing.add(what.list);
        break;
      case 'heals':
        this.failing.delete(what.list);
        break;
      case 'restarts':
        this.run += 1;
        this.clients = [];
        this.isNewConnection = true;
    }
  }

  answer(list: string): ListOutcome {
    if (this.failing.has(list)) return FAILURE;
    if (list === 'info') return items({ version: 'v1.20.1', started: `2026-11-28T14:00:${this.run}Z` });
    if (list === 'paths')
      return { ...items(...this.#paths()), isNewConnection: this.isNewConnection } as ListOutcome;
    if (this.off.has(leadingList(list) ?? list)) return OFF;
    return items(
      ...this.clients
        .filter((client) => client.list === list)
        .map(({ id, stream }) => ({ id, path: stream ?? '', state: stream === null ? 'idle' : 'read' })),
    );
  }

  #paths() {
    return ['a', 'b'].map((name) => ({
      name,
      ready: true,
      source: null,
      readers: this.clients
        .filter(({ stream }) => stream === name)
        .map(({ id, list }) => ({ type: TYPES[list], id })),
    }));
  }
}

/** An asker of a world, and what it has asked since the last time. */
function askerOf(world: MadeUpServer, asksAll: boolean, monotonicMs: () => number) {
  const asked: string[] = [];
  const asker = new ListAsker({
    lists: LIST_NAMES,
    readList: (list, _budget, _signal, options) => {
      asked.push(list);
      return Promise.resolve(answerOf(list as ListName, world.answer(list), options));
    },
    url: 'http://host:9997',
    monotonicMs,
    timeoutMs: INTERVAL_MS,
    roundMs: INTERVAL_MS,
    asksAll,
  });
  return async () => {
    asked.length = 0;
    const poll = (await asker.ask(BUDGET)) as PollResult;
    return { poll, asked: [...asked], observation: normalise(poll) };
  };
}

test('whatever happens, each tick shows every connection with a stream that asking for all lists shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 40 }), async (happenings) => {
      const clock = createFakeClock();
      const world = new MadeUpServer();
      const byNeed = askerOf(world, false, clock.monotonicMs);
      const all = askerOf(world, true, clock.monotonicMs);
      let failedBefore: readonly string[] = [];
      let calmTicks = 0;
      for (const [tick, changes] of happenings.entries()) {
        for (const what of changes) world.apply(what, tick);
        const [few, every] = [await byNeed(), await all()];
        world.isNewConnection = false;
        clock.advance(INTERVAL_MS);

        expect(new Set(few.asked).size).toBe(few.asked.length);
        // What failed is asked for again, and so is all after the path list failed.
        for (const list of failedBefore) expect(few.asked).toContain(list);
        failedBefore = few.observation.missing;
        const isOrderly = world.failing.size === 0;
        calmTicks = isOrderly ? calmTicks + 1 : 0;

        expect(few.observation.paths).toStrictEqual(every.observation.paths);
        // One that is off is asked for at other times.
        for (const list of few.observation.missing)
          expect(['failed', 'off']).toContain(every.poll[list].kind);
        for (const [index, { protocol, connections }] of every.observation.protocols.entries()) {
          const found = few.observation.protocols[index]?.connections;
          const withStream = world.clients.filter(
            ({ list, stream }) => stream !== null && protocolOf(list) === protocol,
          );
          if (connections.kind === 'failed') {
            // Who is there isn't known either way, and nobody says that nobody is.
            if (withStream.length > 0 && every.poll.paths.kind === 'items')
              expect(found?.kind).toBe('failed');
            continue;
          }
          if (withStream.length > 0 && found?.kind === 'facts' && every.poll.paths.kind === 'items')
            expect(found.facts.map(({ id }) => id)).toStrictEqual(
              expect.arrayContaining(withStream.map(({ id }) => id)),
            );
          const ids = connections.kind === 'facts' ? connections.facts.map(({ id }) => id) : [];
          const foundIds = found?.kind === 'facts' ? found.facts.map(({ id }) => id) : [];
          // A list that was off isn't asked for again at once by either: who asks first may be ahead.
          const there = connections.kind === 'off' ? world.clients.map(({ id }) => id) : ids;
          expect(there).toStrictEqual(expect.arrayContaining(foundIds));
          const late = ids.filter((id) => !foundIds.includes(id));
          for (const { id, stream, sinceTick } of world.clients) {
            if (!late.includes(id) || every.poll.paths.kind !== 'items') continue;
            expect({ id, stream }).toStrictEqual({ id, stream: null });
            if (calmTicks > QUIET_TICKS) expect(tick - sinceTick).toBeLessThan(QUIET_TICKS);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});

function protocolOf(list: Kind): string {
  return (
    { hlssessions: 'hls', webrtcsessions: 'webrtc', moqsessions: 'moq' }[list as string] ??
    list.replace(/conns$|sessions$/, '')
  );
}
