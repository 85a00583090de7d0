import { describe, expect, test } from '@jest/globals';
import { createRouter } from '../../src/data/view.ts';

function startRouter(search: string) {
  const visited: string[] = [];
  const location = { search };
  let pop = (): void => undefined;
  const router = createRouter({
    location,
    history: {
      pushState: (_state, _title, url) => void visited.push(`push ${String(url)}`),
      replaceState: (_state, _title, url) => void visited.push(`replace ${String(url)}`),
    },
    onPopState: (listener) => {
      pop = listener;
    },
  });
  return {
    router,
    visited,
    goBackTo: (query: string) => {
      location.search = query;
      pop();
    },
  };
}

describe('the URL and the view', () => {
  test('begin as one, and go on as one', () => {
    const { router, visited } = startRouter('?q=cam');
    expect(router.view.value.q).toBe('cam');
    router.adjust({ q: 'studio' });
    router.go({ stream: { server: 'main', name: 'studio/1' } });
    expect(visited).toEqual(['replace ?q=studio', 'push ?stream=main/studio/1&q=studio']);
    expect(router.view.value.stream).toEqual({ server: 'main', name: 'studio/1' });
  });

  test('the back button leads back', () => {
    const { router, goBackTo } = startRouter('?view=servers');
    router.go({ view: 'streams' });
    goBackTo('?view=servers');
    expect(router.view.value.view).toBe('servers');
  });

  test('a link is the view with a change, and opens it', () => {
    const { router, visited } = startRouter('?q=cam');
    expect(router.href({ view: 'cards' })).toBe('?view=cards&q=cam');
    router.open('?view=cards');
    expect(router.view.value).toMatchObject({ view: 'cards', q: '' });
    expect(visited).toEqual(['push ?view=cards']);
  });
});
