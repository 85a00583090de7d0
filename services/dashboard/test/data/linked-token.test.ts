import { RequestError } from '@mediamtx-monitor/client';
import { describe, expect, test } from '@jest/globals';
import { KeptToken } from '../../src/data/kept-token.ts';
import { LinkedToken, tokenInFragment } from '../../src/data/linked-token.ts';
import { Preferences } from '../../src/data/storage.ts';

const memory = (): Preferences =>
  new Preferences(() => {
    throw new Error('kept as long as the test');
  });

test.each([
  ['', null],
  ['#content', null],
  ['#token', null],
  ['#token=', ''],
  ['#token=%20', ''],
  ['#token=abc', 'abc'],
  ['#token=a%2Bb/c=', 'a+b/c='],
  ['#token=a+b', 'a+b'],
  ['#token=100%', '100%'],
  ['#TOKEN=abc', 'abc'],
  ['#/token=abc', 'abc'],
  ['#a&token=abc', 'abc'],
  ['#token=abc&a', 'abc'],
  ['#a?Token=a%26b', 'a&b'],
  ['#token%3Dabc', 'abc'],
])('the token in %j is %j', (fragment, token) => {
  expect(tokenInFragment(fragment)).toBe(token);
});

/** A page with a token of its own, or none, to whose API some are right. */
function page({ own, isScreen = false }: { readonly own?: string; readonly isScreen?: boolean }) {
  const tab = memory();
  if (own !== undefined) tab.set('token', own);
  const kept = new KeptToken(tab, memory());
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const linked = new LinkedToken({
    kept,
    isScreen: () => isScreen,
    tryToken: (token) => {
      asked.push(token);
      if (token === 'bogus') return Promise.reject(new RequestError('unauthorized', 'no', 401));
      if (token === 'busy') return Promise.reject(new RequestError('too-many-requests', 'later', 429));
      return new Promise((resolve) => {
        answers.push(() => {
          resolve(undefined);
        });
      });
    },
    reload: () => undefined,
  });
  return { kept, linked, asked, answers, inTab: () => tab.get('token') };
}

describe('a token of a link', () => {
  test.each([
    ['of none', {}],
    ['of another', { own: 'own' }],
    ['of a screen that has another', { own: 'own', isScreen: true }],
  ])('is asked about in place %s, and nothing becomes of it before', (_, given) => {
    const { kept, linked, asked, inTab } = page(given);
    expect([linked.take('linked'), linked.takeOver()]).toStrictEqual([false, false]);
    expect([linked.step.value, asked, inTab() ?? undefined]).toStrictEqual(['asked', [], kept.token]);
    expect(kept.token).not.toBe('linked');
    linked.decline();
    expect(linked.step.value).toBeNull();
  });

  test('is used at once by a screen that has none, also once its own was refused', () => {
    const fresh = page({ isScreen: true });
    fresh.linked.take('linked');
    expect([fresh.kept.token, fresh.linked.step.value]).toStrictEqual(['linked', null]);
    const { kept, linked } = page({ own: 'old', isScreen: true });
    linked.take('linked');
    kept.forgetRefused();
    linked.takeOver();
    expect([kept.token, linked.step.value]).toStrictEqual(['linked', null]);
  });

  test('that is the own one, or none, is nothing to ask about', () => {
    const { linked } = page({ own: 'own' });
    linked.take('own');
    linked.take('');
    expect(linked.step.value).toBeNull();
  });

  test.each([
    ['bogus', 'refused'],
    ['busy', 'unanswered'],
  ])('that isn’t accepted leaves the own one: %s', async (token, step) => {
    const { kept, linked, asked, inTab } = page({ own: 'own' });
    linked.take(token);
    await linked.accept();
    expect([linked.step.value, asked]).toStrictEqual([step, [token]]);
    expect([kept.token, inTab()]).toStrictEqual(['own', 'own']);
  });

  test('that was turned down while the API was asked isn’t used', async () => {
    const { kept, linked, answers } = page({ own: 'own' });
    linked.take('linked');
    const accepted = linked.accept();
    linked.decline();
    for (const answer of answers) answer();
    await accepted;
    expect([kept.token, linked.step.value]).toStrictEqual(['own', null]);
  });
});
