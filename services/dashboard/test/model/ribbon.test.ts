import { describe, expect, test } from '@jest/globals';
import { HISTORY } from '@mediamtx-monitor/types';
import { hostPieces, KINDS_OF, ribbonGradient, ribbonPieces } from '../../src/model/ribbon.ts';
import { TEXTS } from '../support/texts.ts';

describe('pieces of a ribbon', () => {
  test('are as long as it was the same', () => {
    expect(ribbonPieces(['live', 'live', 'stalled', null, null, 'live'], [])).toStrictEqual([
      { kind: 'live', first: 0, last: 2 },
      { kind: 'stalled', first: 2, last: 3 },
      { kind: 'unknown', first: 3, last: 5 },
      { kind: 'live', first: 5, last: 6 },
    ]);
  });

  test.each([
    ['ok', 'rest'],
    ['unknown', 'rest'],
    [null, 'rest'],
    ['warning', 'off'],
    ['critical', 'off'],
  ])('of what isn’t live say by its health (%p) whether it was missed', (health, kind) => {
    for (const state of ['idle', 'waiting', 'standby', 'missing']) {
      expect(ribbonPieces([state], [health])).toStrictEqual([{ kind, first: 0, last: 1 }]);
    }
  });

  test('are unknown only where nobody knows', () => {
    for (const { states } of Object.values(HISTORY)) {
      for (const state of states) expect(ribbonPieces([state], ['ok'])[0]?.kind).not.toBe('unknown');
    }
    expect(ribbonPieces([null], ['critical'])[0]?.kind).toBe('unknown');
  });

  test('of a server say whether it could be read', () => {
    expect(ribbonPieces(['up', 'timeout', 'down'], ['ok', 'critical', 'critical'])).toStrictEqual([
      { kind: 'live', first: 0, last: 1 },
      { kind: 'off', first: 1, last: 3 },
    ]);
  });
});

test('a background has each piece where it belongs, and there is none of nothing', () => {
  expect(ribbonGradient(ribbonPieces(['live', null, 'live', 'live'], []))).toBe(
    'linear-gradient(90deg, var(--ribbon-live) 0% 25%, var(--ribbon-unknown) 25% 50%, var(--ribbon-live) 50% 100%)',
  );
  expect(ribbonGradient([])).toBe('none');
});

test('of a host it says how busy it was, and never that it is live or at rest', () => {
  const pieces = hostPieces(['ok', 'warning', 'critical', 'unknown', null]);
  expect(pieces.map(({ kind }) => kind)).toStrictEqual(['live', 'stalled', 'off', 'unknown']);
  for (const { history } of [TEXTS.en, TEXTS.de]) {
    const said = KINDS_OF.host.map((kind) => history.piecesOf.host[kind]);
    expect(said).not.toContain(history.piecesOf.stream.live);
    expect(said).not.toContain(history.piecesOf.stream.off);
    expect(KINDS_OF.server).not.toContain('rest');
  }
});
