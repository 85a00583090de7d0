/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { openPage, type Page, textOf } from '../support/page.tsx';

const enter = (page: Page, token: string): void => {
  page.do(() => {
    const input = page.root.querySelector('input');
    if (input === null) return;
    input.value = token;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  page.do(() => page.root.querySelector<HTMLButtonElement>('button[type=submit]')?.click());
};

const refuse = ({ tell }: Page): void => {
  tell(({ onState }) => onState?.({ state: 'refused', code: 'unauthorized', reason: 'A token is needed.' }));
};

describe('sign-in', () => {
  test('is asked for when the API wants a token, which is kept for the tab', () => {
    const page = openPage();
    refuse(page);
    expect(textOf(page.root, 'h1')).toBe('Sign in');
    expect(page.root.querySelector('[role=alert]')).toBeNull();
    const input = page.root.querySelector('input');
    expect(input?.type).toBe('password');
    enter(page, '  secret ');
    expect([...page.tabMemory]).toEqual([['mediamtx-monitor.token', 'secret']]);
    expect(page.reloads()).toBe(1);
  });

  test('says when the token was refused', () => {
    const page = openPage('', { tab: { 'mediamtx-monitor.token': 'old' } });
    refuse(page);
    expect(textOf(page.root, '[role=alert]')).toContain('refused');
  });

  test('says when the browser keeps nothing, instead of asking for ever', () => {
    const page = openPage('', { keeps: false });
    refuse(page);
    enter(page, 'secret');
    expect(page.reloads()).toBe(0);
    expect(textOf(page.root, '[role=alert]')).toContain('keeps nothing for this tab');
  });

  test('ends when asked to', () => {
    const page = openPage('', { tab: { 'mediamtx-monitor.token': 'good' } });
    page.do(() => {
      page.dashboard.signIn(null);
    });
    expect(page.tabMemory.size).toBe(0);
    expect(page.reloads()).toBe(1);
  });
});
