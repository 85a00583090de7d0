/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { openPage, type TestPage, textOf } from '../support/page.tsx';

const TOKEN = 'mediamtx-monitor.token';

const enter = (page: TestPage, token: string): void => {
  page.do(() => {
    const input = page.root.querySelector('input');
    if (input === null) return;
    input.value = token;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  page.do(() => page.root.querySelector<HTMLButtonElement>('button[type=submit]')?.click());
};

const refuse = ({ deliver }: TestPage): void => {
  deliver(({ onState }) =>
    onState?.({ state: 'refused', code: 'unauthorized', reason: 'A token is needed.' }),
  );
};

describe('sign-in', () => {
  test('is asked for when the API wants a token, which is kept for the tab', () => {
    const page = openPage();
    refuse(page);
    expect(textOf(page.root, 'h1')).toBe('Sign in');
    expect(page.root.querySelector('[role=alert]')).toBeNull();
    // There is nothing to skip, and nothing to skip to.
    expect(page.root.querySelector('.skip')).toBeNull();
    const input = page.root.querySelector('input');
    expect(input?.type).toBe('password');
    enter(page, '  secret ');
    expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'secret']]);
    expect(page.reloads()).toBe(1);
  });

  test('keeps the token for the browser, and not for the tab, when that is chosen', () => {
    const page = openPage('', { tab: { [TOKEN]: 'old' } });
    refuse(page);
    page.do(() => page.root.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
    enter(page, 'secret');
    expect([...page.browserMemory]).toStrictEqual([[TOKEN, 'secret']]);
    expect(page.tabMemory.size).toBe(0);
    expect(page.reloads()).toBe(1);
  });

  test.each([
    ['tab', { tab: { [TOKEN]: 'old' } }],
    ['browser', { browser: { [TOKEN]: 'old' } }],
  ])('says when the token of the %s was refused, and forgets it', (_where, kept) => {
    const page = openPage('', kept);
    refuse(page);
    expect(textOf(page.root, '[role=alert]')).toContain('refused');
    expect([page.tabMemory.size, page.browserMemory.size]).toStrictEqual([0, 0]);
  });

  test('leaves a token alone that another tab has signed in with', () => {
    const page = openPage('', { browser: { [TOKEN]: 'old' } });
    page.browserMemory.set(TOKEN, 'new');
    refuse(page);
    expect([...page.browserMemory]).toStrictEqual([[TOKEN, 'new']]);
  });

  test('says when the browser keeps nothing, instead of asking for ever', () => {
    const page = openPage('', { keeps: false });
    refuse(page);
    enter(page, 'secret');
    expect(page.reloads()).toBe(0);
    expect(textOf(page.root, '[role=alert]')).toContain('keeps nothing for this page');
  });

  test('comes with a link, whose token is kept for this tab and leaves the address at once', () => {
    const page = openPage('?kiosk', { hash: '#token=sec%2Bret', browser: { [TOKEN]: 'of before' } });
    expect(page.address()).toBe('?kiosk');
    expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'sec+ret']]);
    expect(page.browserMemory.get(TOKEN)).toBe('of before');
    expect([page.dashboard.hasToken, page.reloads()]).toStrictEqual([true, 0]);
    refuse(page);
    expect(page.tabMemory.size).toBe(0);
  });

  test('comes with a link that is opened in a page that is there, which begins anew', () => {
    const page = openPage('?view=wall');
    page.goTo({ hash: '#content' });
    expect([page.reloads(), page.address()]).toStrictEqual([0, '?view=wall#content']);
    page.goTo({ hash: '#token=secret' });
    expect([page.reloads(), page.address()]).toStrictEqual([1, '?view=wall']);
    expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'secret']]);
  });

  test('ends when asked to', () => {
    const page = openPage('', { tab: { [TOKEN]: 'good' }, browser: { [TOKEN]: 'of before' } });
    page.do(() => {
      page.dashboard.signOut();
    });
    expect([page.tabMemory.size, page.browserMemory.size]).toStrictEqual([0, 0]);
    expect(page.reloads()).toBe(1);
  });
});
