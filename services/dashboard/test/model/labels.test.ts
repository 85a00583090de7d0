import { describe, expect, test } from '@jest/globals';
import { chosenValue, labelValues, withLabel } from '../../src/model/labels.ts';

describe('labels to choose by', () => {
  test('are those of all servers, in the order people expect', () => {
    const heads = [
      { labels: { site: 'south', rack: '10' } },
      { labels: { site: 'north', rack: '9' } },
      {},
      { labels: { site: 'south' } },
    ];
    expect(labelValues(heads, [])).toStrictEqual([
      ['rack', ['9', '10']],
      ['site', ['north', 'south']],
    ]);
  });

  test('and those that a link names; one without a value can’t be asked for', () => {
    expect(labelValues([{ labels: { empty: '' } }], ['site:a:b'])).toStrictEqual([['site', ['a:b']]]);
  });

  test('of each name one value is chosen, or any', () => {
    const chosen = ['site:north', 'rack:1'];
    expect(chosenValue(chosen, 'site')).toBe('north');
    expect(chosenValue(chosen, 'tier')).toBeNull();
    expect(withLabel(chosen, 'site', 'south')).toStrictEqual(['rack:1', 'site:south']);
    expect(withLabel(chosen, 'site', null)).toStrictEqual(['rack:1']);
    expect(withLabel(chosen, 'tier', 'main')).toStrictEqual([...chosen, 'tier:main']);
  });
});
