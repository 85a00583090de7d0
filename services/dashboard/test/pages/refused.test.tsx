/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import type { ProblemCode } from '@mediamtx-monitor/types';
import { openPage, type TestPage, textOf } from '../support/page.tsx';

function refused(problem: ProblemCode, query = ''): TestPage {
  const page = openPage(query);
  const code = 'forbidden';
  page.deliver(({ onState }) => onState?.({ state: 'refused', code, problem, reason: 'What to do.' }));
  return page;
}

function linesOf({ root }: TestPage): (string | null)[] {
  return [...root.querySelectorAll('.empty pre')].map(({ textContent }) => textContent);
}

test('a name the API doesn’t know: the page says what to set for it, and can be loaded anew', () => {
  const page = refused('forbidden-host');
  expect(textOf(page.root, '.empty p')).toContain('monitor.example is none of them');
  expect(linesOf(page)).toStrictEqual(['ALLOWED_HOSTS=monitor.example']);
  expect(textOf(page.root, '.empty')).not.toContain('keeps trying');
  page.do(() => page.root.querySelector<HTMLButtonElement>('.empty > .button')?.click());
  expect(page.reloads()).toBe(1);
});

test('a proxy that passes on another host: the page says what to set there', () => {
  const page = refused('forbidden-origin', '?lang=de');
  expect(textOf(page.root, '.empty p')).toContain('http://monitor.example:8080');
  expect(linesOf(page)).toStrictEqual([
    'proxy_set_header Host $http_host;',
    'ALLOWED_ORIGINS=http://monitor.example:8080',
  ]);
});

test('any other refusal is told above, and nobody claims to try again', () => {
  const page = openPage();
  page.deliver(({ onState }) => onState?.({ state: 'refused', code: 'sent-away', reason: '' }));
  expect([textOf(page.root, '.banner'), textOf(page.root, '.empty')]).toStrictEqual([
    expect.stringContaining('refused this page for good'),
    'Reload',
  ]);
});
