/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { REASON_CODES, STREAM_STATES } from '@mediamtx-monitor/types';
import { TEXTS } from '../../src/i18n/language.ts';
import { LANGUAGES } from '../../src/model/view-state.ts';
import { reason } from '../support/connections.ts';
import { openPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

// jsdom lays nothing out, so there is nothing to scroll to.
Element.prototype.scrollIntoView = function scrollIntoView(this: Element): void {
  this.setAttribute('data-scrolled', '');
};

describe.each(LANGUAGES)('the help page in %s', (language) => {
  test('says of each state and reason what it means and what to do', () => {
    const { root } = openPage(`?view=help&lang=${language}`);
    const { helpPage, states } = TEXTS[language];
    const entries = [...root.querySelectorAll('.help-page dl > div')].map((one) => ({
      term: textOf(one, 'dt'),
      said: [...one.querySelectorAll('dd p')].map(({ textContent }) => textContent),
    }));
    expect(entries).toHaveLength(STREAM_STATES.length + REASON_CODES.length);
    for (const state of STREAM_STATES) {
      const { means, todo } = helpPage.states[state];
      expect(entries).toContainEqual({ term: states[state], said: [means, `${helpPage.todo}: ${todo}`] });
    }
    for (const code of REASON_CODES) {
      expect(entries.map(({ term }) => term).join('\n')).toContain(code);
      expect(root.querySelector(`#help-${code}`)?.textContent).toContain(helpPage.reasons[code].todo);
    }
  });

  test('has a full sentence for each, of its own', () => {
    const { states, reasons } = TEXTS[language].helpPage;
    const all = [...Object.values(states), ...Object.values(reasons)].map(({ means }) => means);
    for (const means of all) expect(means).toMatch(/^[A-ZÄÖÜ].{20,}\.$/);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('the reason that is shown leads to its entry', () => {
  const { root, tell, do: change } = openPage('?stream=main/cam');
  const ill = stream({ health: 'warning', reasons: [reason({ code: 'off-air' })] });
  tell(({ onStreams }) => onStreams?.(snapshot([ill])));
  change(() => root.querySelector<HTMLAnchorElement>('.evidence a')?.click());
  expect(textOf(root, '.help-entry-shown dt')).toBe('Off air off-air');
  expect(root.querySelector('#help-off-air')?.hasAttribute('data-scrolled')).toBe(true);
  expect(root.querySelector('.nav [aria-current]')).toBeNull();
});

test('a reason that this page doesn’t know leads nowhere', () => {
  const { root, tell } = openPage('?stream=main/cam');
  const newer = { ...reason(), code: 'too-green' } as never;
  tell(({ onStreams }) => onStreams?.(snapshot([stream({ health: 'warning', reasons: [newer] })])));
  expect(textOf(root, '.evidence')).toContain('too-green.');
  expect(root.querySelector('.evidence a')).toBeNull();
  expect(openPage('?view=help&topic=too-green').root.querySelector('.help-entry-shown')).toBeNull();
});
