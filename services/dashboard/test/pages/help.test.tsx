/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { REASON_CODES, STREAM_STATES } from '@mediamtx-monitor/types';
import { LANGUAGE_CODES } from '../../src/i18n/languages.ts';
import { reason } from '../support/connections.ts';
import { openPage, type TestPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';
import { TEXTS } from '../support/texts.ts';

// jsdom lays nothing out, so there is nothing to scroll to.
Element.prototype.scrollIntoView = function scrollIntoView(this: Element): void {
  this.setAttribute('data-scrolled', '');
};

/** Until the texts have been loaded. */
async function loaded({ root }: TestPage): Promise<void> {
  await eventually(() => {
    expect(root.querySelector('.help-page dl')).not.toBeNull();
  });
}

describe.each(LANGUAGE_CODES)('the help page in %s', (language) => {
  const help = TEXTS[language].helpEntries;

  test('says of each state and reason what it means and what to do', async () => {
    const page = openPage(`?view=help&lang=${language}`);
    await loaded(page);
    const entries = [...page.root.querySelectorAll('.help-page dl > div')].map((one) => ({
      term: textOf(one, 'dt'),
      said: [...one.querySelectorAll('dd p')].map(({ textContent }) => textContent),
    }));
    expect(entries).toHaveLength(STREAM_STATES.length + REASON_CODES.length);
    for (const state of STREAM_STATES) {
      const { means, todo } = help.states[state];
      const { states } = TEXTS[language];
      expect(entries).toContainEqual({ term: states[state], said: [means, `${help.todo}: ${todo}`] });
    }
    for (const code of REASON_CODES) {
      const entry = page.root.querySelector(`#help-${code}`)?.textContent;
      expect(entry).toContain(help.reasons[code].means);
      expect(entry).toContain(help.reasons[code].todo);
    }
  });

  test('says where it can be seen who is notified, whether anybody is or not', () => {
    expect(help.alerts).toContain(TEXTS[language].bell.targets.title);
    expect(help.alerts).not.toMatch(/until|bis jemand/);
  });

  test('promises what MediaMTX says only of versions that say it', () => {
    for (const { todo } of [help.states.waiting, help.reasons['source-down']]) {
      expect(todo).toMatch(/MediaMTX.*1\.21.*[Ll]og/);
    }
    expect(help.reasons['not-live'].means).toContain('*');
  });

  test('has a full sentence for each, of its own', () => {
    const all = [...Object.values(help.states), ...Object.values(help.reasons)].map(({ means }) => means);
    for (const means of all) expect(means).toMatch(/^[A-ZÄÖÜ].{20,}\.$/);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('follows the language', async () => {
  const page = openPage('?view=help&lang=en');
  await loaded(page);
  page.do(() => {
    page.dashboard.chooseLanguage('de');
  });
  await eventually(() => {
    expect(textOf(page.root, '.help-page h3')).toBe('Status');
  });
});

test('the reason that is shown leads to its entry', async () => {
  const page = openPage('?stream=main/cam');
  const { root, deliver, do: change } = page;
  const ill = stream({ health: 'warning', reasons: [reason({ code: 'off-air' })] });
  deliver(({ onStreams }) => onStreams?.(snapshot([ill])));
  change(() => root.querySelector<HTMLAnchorElement>('.verdict a')?.click());
  await loaded(page);
  expect(textOf(root, '.help-entry-shown dt')).toBe('Off air off-air');
  expect(root.querySelector('#help-off-air')?.hasAttribute('data-scrolled')).toBe(true);
  expect(root.querySelector('.nav [aria-current]')).toBeNull();
});

test('each reason is a link, so that its entry can be sent to others', async () => {
  const page = openPage('?view=help');
  await loaded(page);
  page.do(() => page.root.querySelector<HTMLAnchorElement>('#help-off-air a')?.click());
  expect(textOf(page.root, '.help-entry-shown dt')).toBe('Off air off-air');
  expect(page.address()).toContain('topic=off-air');
});

test('a reason that this page doesn’t know leads nowhere', async () => {
  const { root, deliver } = openPage('?stream=main/cam');
  const newer = { ...reason(), code: 'too-green' } as never;
  deliver(({ onStreams }) => onStreams?.(snapshot([stream({ health: 'warning', reasons: [newer] })])));
  expect(textOf(root, '.cause')).toBe('Warning: too-green');
  expect(root.querySelector('.verdict a')).toBeNull();
  const help = openPage('?view=help&topic=too-green');
  await loaded(help);
  expect(help.root.querySelector('.help-entry-shown')).toBeNull();
});
