import { describe, expect, test } from '@jest/globals';
import { alert, news, stream } from '../support/messages.ts';
import { write } from '../support/written.ts';

describe('names that others chose', () => {
  const hostile = 'a\u202E\nb/<!channel> & 100%?#"';

  test('lead to their page as they are', () => {
    const { link } = write(news({ fired: [alert({ subject: stream(hostile) })] }));
    expect(new URL(link ?? '').searchParams.get('stream')).toBe(`main/${hostile}`);
    const half = write(news({ fired: [alert({ subject: stream('a\uD83D') })] }));
    expect(half.link).toBe('https://monitor.example.com/?stream=main/a%EF%BF%BD');
  });

  test('that are too long for an address lead to the list', () => {
    const { link } = write(news({ fired: [alert({ subject: stream('é'.repeat(500)) })] }));
    expect(link).toBe('https://monitor.example.com/');
  });
});

test('there are no links where nobody knows the dashboard', () => {
  expect(write(news({ fired: [alert()] }), { dashboardUrl: null }).link).toBeNull();
});

test('the dashboard may stand below a path', () => {
  const { link } = write(news({ fired: [alert()] }), { dashboardUrl: 'https://example.com/mtx/?x=1#y' });
  expect(link).toBe('https://example.com/mtx/?stream=main/studio/cam1');
});
