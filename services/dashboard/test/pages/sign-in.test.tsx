/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openPage, settle, type TestPage, textOf } from '../support/page.tsx';

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

  test('comes with the link of a screen, whose token is kept for its tab and leaves the address at once', () => {
    const page = openPage('?kiosk', { hash: '#token=sec%2Bret' });
    expect(page.address()).toBe('?kiosk');
    expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'sec+ret']]);
    expect([page.dashboard.hasToken, page.reloads()]).toStrictEqual([true, 0]);
    refuse(page);
    expect(page.tabMemory.size).toBe(0);
  });

  test('comes with a link that is opened in the page of a screen, which begins anew', () => {
    const page = openPage('?view=wall');
    page.goTo({ hash: '#content' });
    expect([page.reloads(), page.address()]).toStrictEqual([0, '?view=wall#content']);
    page.goTo({ hash: '#token=secret' });
    expect([page.reloads(), page.address()]).toStrictEqual([1, '?view=wall']);
    expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'secret']]);
  });

  test('goes over to the link’s token where that of a screen is refused', () => {
    const page = openPage('?kiosk', { hash: '#token=new', browser: { [TOKEN]: 'old' } });
    expect([page.tabMemory.size, page.reloads()]).toStrictEqual([0, 0]);
    refuse(page);
    expect([[...page.tabMemory], page.browserMemory.size, page.reloads()]).toStrictEqual([
      [[TOKEN, 'new']],
      0,
      1,
    ]);
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

describe('a link with a token, where someone is signed in', () => {
  /** An API that knows two tokens. */
  const names: Readonly<Record<string, string>> = { own: 'ops', linked: 'guest' };
  const openLinked = async (hash: string) => {
    const asked: string[] = [];
    const page = openPage('', {
      hash,
      browser: { [TOKEN]: 'own' },
      fetch: (_, init) => {
        const token = /Bearer (\w+)/.exec(JSON.stringify(init?.headers))?.[1] ?? '';
        asked.push(token);
        const name = names[token];
        const [status, body] =
          name === undefined ? [401, { code: 'unauthorized' }] : [200, { name, mayChange: false }];
        const answer = { status, headers: new Map(), json: () => Promise.resolve(body) };
        return Promise.resolve(answer as unknown as Response);
      },
    });
    await eventually(async () => {
      await settle(page);
      expect(textOf(page.root, '.linked-token')).toContain('instead of as ops');
    });
    return { page, asked };
  };
  const press = async ({ root, do: change }: TestPage, name: string): Promise<void> => {
    const buttons = [...root.querySelectorAll<HTMLButtonElement>('.linked-token button')];
    change(() => {
      buttons.find(({ textContent }) => textContent === name)?.click();
    });
    await nextTurn();
  };

  test.each(['#token=linked', '#TOKEN=linked', '#/token=linked', '#x=1&token=linked'])(
    'is asked about: %s',
    async (hash) => {
      const { page, asked } = await openLinked(hash);
      expect([page.address(), page.reloads(), page.tabMemory.size]).toStrictEqual(['?', 0, 0]);
      expect(new Set(asked)).toStrictEqual(new Set(['own']));
      await press(page, 'Use the link’s token');
      await eventually(async () => {
        await settle(page);
        expect(page.reloads()).toBe(1);
      });
      expect([...page.tabMemory]).toStrictEqual([[TOKEN, 'linked']]);
      expect(page.browserMemory.get(TOKEN)).toBe('own');
    },
  );

  test('changes nothing when that is what they want', async () => {
    const { page, asked } = await openLinked('#token=linked');
    await press(page, 'Stay signed in as now');
    await settle(page);
    expect(page.root.querySelector('.linked-token')).toBeNull();
    expect([page.reloads(), page.tabMemory.size, asked.includes('linked')]).toStrictEqual([0, 0, false]);
  });

  test('says so when its token is refused, and the old one stays', async () => {
    const { page } = await openLinked('#token=bogus');
    await press(page, 'Use the link’s token');
    await eventually(async () => {
      await settle(page);
      expect(textOf(page.root, '.linked-token [role=alert]')).toMatch(/was refused.* signed in as before/);
    });
    expect([page.reloads(), page.tabMemory.size, page.browserMemory.get(TOKEN)]).toStrictEqual([0, 0, 'own']);
    await press(page, 'Close');
    await settle(page);
    expect(page.root.querySelector('.linked-token')).toBeNull();
  });
});
