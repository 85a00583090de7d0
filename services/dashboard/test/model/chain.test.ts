import { describe, expect, test } from '@jest/globals';
import type { CauseSite, ReasonKind } from '@mediamtx-monitor/model';
import { lossReason } from '@mediamtx-monitor/testkit';
import type { Health, StreamRecord } from '@mediamtx-monitor/types';
import { chainOf } from '../../src/model/chain.ts';
import type { Look } from '../../src/model/streams.ts';
import { listed } from '../support/records.ts';

interface GivenChain {
  readonly site?: CauseSite;
  readonly look?: Look;
  readonly kind?: ReasonKind | null;
  readonly record?: Partial<StreamRecord>;
  readonly stale?: boolean;
  readonly server?: Health;
  readonly viewers?: readonly Health[] | null;
}

/** Each part with its look; the one to blame has an exclamation mark. */
function chain(given: GivenChain): readonly string[] {
  const { site = 'none', look = 'ok', kind = null, record = {}, stale = false } = given;
  return chainOf({
    listed: listed(record, stale ? { stale, health: 'unknown', reasons: [] } : {}),
    site,
    verdict: { look, kind, lead: null, since: null, affected: null },
    serverLook: given.server ?? 'ok',
    viewerHealths: given.viewers === undefined ? ['ok'] : given.viewers,
  }).map((part) => `${part.kind} ${part.look}${part.isToBlame ? '!' : ''}`);
}

const forward = {
  position: 1,
  protocol: 'rtmp',
  state: 'forwarding',
  error: null,
  remoteAddr: null,
  outboundBytes: null,
  outboundMbps: null,
};
const pull = { onDemand: false, state: 'running', error: null };

test('all is well where all is', () => {
  expect(chain({})).toStrictEqual(['publisher ok', 'server ok', 'viewers ok']);
  expect(chain({ record: { pull, forwards: [forward] } })).toStrictEqual([
    'source ok',
    'server ok',
    'viewers ok',
    'forwards ok',
  ]);
  expect(chain({ record: { forwards: [] } })).toHaveLength(3);
});

test.each<[CauseSite, Partial<StreamRecord>, number]>([
  ['publisher', {}, 0],
  ['source', { pull }, 0],
  ['server', {}, 1],
  ['viewers', {}, 2],
  ['one-viewer', {}, 2],
  ['both-viewers', {}, 2],
  ['forwards', { forwards: [forward] }, 3],
])('a cause in %s is one part’s, and no other is to blame', (site, record, index) => {
  const parts = chain({ site, look: 'critical', kind: 'arriving', record });
  expect(parts.map((part) => part.endsWith(' critical!'))).toStrictEqual(
    parts.map((_, place) => place === index),
  );
});

test('nobody is called well behind what arrives badly', () => {
  expect(chain({ site: 'publisher', look: 'warning', kind: 'arriving' })).toStrictEqual([
    'publisher warning!',
    'server ok',
    'viewers rest',
  ]);
  expect(chain({ site: 'server', look: 'warning', kind: 'arriving' })).toStrictEqual([
    'publisher rest',
    'server warning!',
    'viewers rest',
  ]);
});

describe('what isn’t known isn’t well', () => {
  test('of a silent server', () => {
    expect(chain({ site: 'unknown', look: 'unknown', stale: true, server: 'unknown' })).toStrictEqual([
      'publisher unknown',
      'server unknown',
      'viewers unknown',
    ]);
  });

  test('while the path list can’t be read', () => {
    const record = { state: 'unknown', health: 'unknown', forwards: [forward] } as const;
    expect(chain({ site: 'server', look: 'critical', record, server: 'critical' })).toStrictEqual([
      'publisher unknown',
      'server critical!',
      'viewers unknown',
      'forwards unknown',
    ]);
  });

  test('of viewers, and of a publisher of whom nothing is measured', () => {
    expect(chain({ viewers: ['ok', 'unknown'] })[2]).toBe('viewers unknown');
    expect(chain({ viewers: null })[2]).toBe('viewers rest');
    expect(chain({ record: { health: 'unknown' } })[0]).toBe('publisher unknown');
  });
});

test('viewers who suffer are never called well, nor is a forward that fails', () => {
  const failing = lossReason({ code: 'forward-failing', severity: 'warning' });
  const record = { health: 'warning', reasons: [failing], forwards: [forward] } as const;
  expect(chain({ site: 'viewers', look: 'warning', kind: 'viewers', record })).toStrictEqual([
    'publisher ok',
    'server ok',
    'viewers warning!',
    'forwards warning',
  ]);
  expect(
    chain({ site: 'forwards', look: 'warning', kind: 'forwards', record, viewers: ['warning'] })[2],
  ).toBe('viewers rest');
});

test('what isn’t live is at rest', () => {
  expect(chain({ site: 'rest', look: 'rest', record: { state: 'idle' }, viewers: null })).toStrictEqual([
    'publisher rest',
    'server ok',
    'viewers rest',
  ]);
});

test('a server has its own health, whoever is to blame', () => {
  expect(chain({ server: 'warning' })[1]).toBe('server warning');
});

test('a machine at its limits marks the server, and no part as where trouble is', () => {
  expect(chain({ site: 'host', server: 'warning' })).toStrictEqual([
    'publisher ok',
    'server warning',
    'viewers ok',
  ]);
  expect(chain({ site: 'host', server: 'critical' })[1]).toBe('server critical');
  expect(chain({ site: 'host' })[1]).toBe('server warning');
});

test('a server that is to blame looks no better than it does elsewhere', () => {
  expect(chain({ site: 'server', look: 'warning', server: 'critical' })[1]).toBe('server critical!');
  expect(chain({ site: 'server', look: 'warning', server: 'ok' })[1]).toBe('server warning!');
});
