import { describe, expect, test } from '@jest/globals';
import type { Cause, Evidence } from '@mediamtx-monitor/model';
import { lossReason } from '@mediamtx-monitor/testkit';
import { LANGUAGE_CODES } from '../../src/i18n/languages.ts';
import { createFormat } from '../../src/i18n/format.ts';
import { TEXTS } from '../support/texts.ts';
import { affectedText, headlineText, remainingEvidence } from '../../src/i18n/verdict-text.ts';
import type { Affected, StreamVerdict } from '../../src/model/verdict.ts';
import { slow } from '../support/connections.ts';

const loss = lossReason();
const OWN: Evidence = { code: 'reason', reason: loss };
const ILL: Evidence = { code: 'viewers-ill', count: 1, total: 3 };
const DOWN: Evidence = { code: 'server-status', problem: 'down' };
const verdict = (given: Partial<StreamVerdict> = {}): StreamVerdict => ({
  look: 'warning',
  kind: null,
  lead: null,
  since: null,
  affected: null,
  ...given,
});
const cause = (site: Cause['site'], ...evidence: Evidence[]): Cause => ({ site, evidence });
const en = createFormat('en');

test.each<[Cause, Partial<StreamVerdict>, string]>([
  [cause('none'), {}, 'No trouble found'],
  [cause('publisher', OWN), { kind: 'arriving', lead: loss }, '2.0 % lost on the link'],
  [cause('server', DOWN), {}, 'MediaMTX is not reachable'],
  [cause('viewers', ILL), { kind: 'viewers', lead: loss }, '1 of 3 viewers is in trouble'],
  [cause('server', OWN, ILL), { kind: 'arriving', lead: loss }, '2.0 % lost on the link'],
  [cause('unknown'), {}, 'Too little is known to say where the trouble is'],
])('%j is said in one sentence', (given, more, words) => {
  expect(headlineText(given, verdict(more), TEXTS.en, en)).toBe(words);
});

describe('beside the headline', () => {
  const codes = (given: Cause, more: Partial<StreamVerdict>): readonly string[] =>
    remainingEvidence(given, verdict(more)).map(({ code }) => code);
  const others: Evidence = { code: 'others-well', count: 0, total: 4 };

  test('stands nothing that it says, and what MediaMTX says of it', () => {
    const lead = { kind: 'arriving', lead: loss } as const;
    expect(codes(cause('publisher', OWN, others, ILL), lead)).toStrictEqual(['others-well', 'viewers-ill']);
    const said = { ...loss, detail: 'i/o timeout' };
    expect(
      codes(cause('publisher', { code: 'reason', reason: said }), { ...lead, lead: said }),
    ).toStrictEqual(['reason']);
    const viewer: Evidence = { code: 'viewer', connection: slow('v') };
    expect(codes(cause('viewers', ILL, viewer), { kind: 'viewers', lead: loss })).toStrictEqual(['viewer']);
    expect(codes(cause('server', DOWN), {})).toStrictEqual([]);
  });

  test('stands without trouble only what isn’t known', () => {
    const well: Evidence[] = [
      { code: 'arriving', state: 'live' },
      { code: 'viewers-well', count: 2, total: 3 },
      { code: 'viewers-unknown', count: 1 },
      { code: 'connections-missing' },
    ];
    expect(codes(cause('none', ...well), {})).toStrictEqual(['viewers-unknown', 'connections-missing']);
  });

  test('stands of what is at rest only how it went', () => {
    const rest: Evidence[] = [
      { code: 'arriving', state: 'idle' },
      { code: 'was-stalled' },
      { code: 'no-viewers' },
    ];
    expect(codes(cause('rest', ...rest), {})).toStrictEqual(['was-stalled']);
  });
});

const AFFECTED: readonly Affected[] = [
  { who: 'all', count: 1 },
  { who: 'all', count: 12 },
  { who: 'watched', count: 1 },
  { who: 'watched', count: 12 },
  { who: 'some', count: 1, total: 1 },
  { who: 'some', count: 2, total: 12 },
  { who: 'nobody' },
  { who: 'anyone' },
  { who: 'elsewhere' },
  { who: 'unknown' },
];

test('who is affected is counted as people do', () => {
  expect(AFFECTED.map((affected) => affectedText(affected, TEXTS.en, en))).toStrictEqual([
    'The only viewer',
    'All 12 viewers',
    '1 viewer, who was watching then',
    '12 viewers, who were watching then',
    'The only viewer',
    '2 of 12 viewers',
    'Nobody is watching',
    'Whoever wants to watch',
    'Only viewers of the other server',
    'Not known; streams may be fine',
  ]);
});

test.each(LANGUAGE_CODES)(
  'each of them has words of its own where it means another thing: %s',
  (language) => {
    const all = AFFECTED.map((affected) => affectedText(affected, TEXTS[language], createFormat(language)));
    // One viewer is all of one and one of one.
    expect(new Set(all).size).toBe(all.length - 1);
  },
);
