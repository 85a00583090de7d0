import { describe, expect, test } from '@jest/globals';
import { FIGURES, type Readings } from '../src/figures.ts';
import { tableOf, verdictOf } from '../src/summary.ts';

describe('the table', () => {
  test('has a row of each figure that was measured, in the order in which they are declared', () => {
    const table = tableOf({
      'rest-1-rate': { value: 24_000, beside: 30_000 },
      'collector-100-complete': { value: 100 },
      'collector-100-cpu': { value: 18, beside: 10 },
      'idle-collector-start': { value: 700, beside: 70 },
    });
    expect(table).toStrictEqual([
      ['of what', 'figure', 'here', 'beside it', 'ratio', 'aim', 'met'],
      [
        'Collector, 100 streams + 100 readers, six protocols',
        'processor time a tick',
        '18.0 ms',
        '10.0 ms (plain loop)',
        '1.80',
        '≤ 20 ms, ≤ 2 ×',
        'yes',
      ],
      ['', 'complete ticks', '100 %', '', '', '≥ 100 %', 'yes'],
      [
        'Idle collector, one stream',
        'start-up to first data',
        '700 ms',
        '70.0 ms (empty Node)',
        '10.0',
        '',
        '',
      ],
      [
        'REST, 1 stream, 64 connections',
        'answers a second',
        '24,000/s',
        '30,000/s (bare node:http)',
        '0.80',
        '≥ 0.85 ×',
        '**no**',
      ],
    ]);
  });

  test('says no where one of two aims is missed', () => {
    const [, row] = tableOf({ 'collector-100-cpu': { value: 18, beside: 8 } });
    expect(row?.at(-1)).toBe('**no**');
  });
});

describe('the verdict', () => {
  const ALL = Object.values(FIGURES).flatMap(({ aims }) => aims).length;

  test('names each aim that is missed, with what was measured', () => {
    const verdict = verdictOf({
      'collector-100-cpu': { value: 27.3, beside: 8 },
      'collector-100-memory': { value: 89, beside: 79 },
      'idle-collector-cpu': { value: 4 },
    });
    expect(verdict).toBe(
      'Missed: 2 of 3 aims: ' +
        'Collector, 100 streams + 100 readers, six protocols: processor time a tick (27.3 ms, aim ≤ 20 ms); ' +
        'Collector, 100 streams + 100 readers, six protocols: processor time a tick (3.41 ×, aim ≤ 2 ×). ' +
        `Not measured: ${ALL - 3} others.`,
    );
  });

  test('says nothing of what wasn’t measured where all was', () => {
    const all: Readings = Object.fromEntries(
      Object.keys(FIGURES).map((id) => [id, { value: 1, beside: 1 }] as const),
    );
    expect(verdictOf(all)).not.toContain('Not measured');
  });

  test('says when none is', () => {
    const verdict = verdictOf({ 'collector-100-memory': { value: 89, beside: 79 } });
    expect(verdict).toBe(`Missed: none of 1 aims. Not measured: ${ALL - 1} others.`);
  });
});
