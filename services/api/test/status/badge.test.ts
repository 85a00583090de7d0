import { expect, test } from '@jest/globals';
import { badge } from '../../src/status/badge.ts';
import { escaped } from '../../src/status/html.ts';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`"onload='x'`, '&quot;onload=&#39;x&#39;'],
  ['a & b', 'a &amp; b'],
  ['a\u0000\u001b\u202eb\ud800', 'ab'],
  ['Größe 🎥 東京', 'Größe 🎥 東京'],
])('%j is shown as text', (text, shown) => {
  expect(escaped(text)).toBe(shown);
});

test('a picture has its title and state as text, and nothing that runs', () => {
  const svg = badge('A<b>"&', 'down', 'Down');
  expect(svg).toContain('aria-label="A&lt;b&gt;&quot;&amp;: Down"');
  expect(svg.match(/<(?!\/)\w+/g)?.sort()).toStrictEqual(
    ['<clipPath', '<g', '<g', '<rect', '<rect', '<rect', '<svg', '<text', '<text', '<title'].sort(),
  );
  expect(svg).not.toMatch(/on\w+=|href|script|style/);
});

test('it is as wide as what it says', () => {
  const width = (title: string): number => Number(/width="(\d+)"/.exec(badge(title, 'up', 'Up'))?.[1]);
  expect(width('Main stage')).toBeGreaterThan(width('Main'));
});
