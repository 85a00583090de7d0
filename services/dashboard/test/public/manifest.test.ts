import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const dashboard = join(import.meta.dirname, '../..');
const read = (path: string): Buffer => readFileSync(join(dashboard, path));

interface Manifest {
  readonly start_url: string;
  readonly scope: string;
  readonly display: string;
  readonly background_color: string;
  readonly theme_color: string;
  readonly icons: readonly {
    readonly src: string;
    readonly sizes: string;
    readonly type: string;
    readonly purpose?: string;
  }[];
}

const manifest = JSON.parse(read('public/manifest.webmanifest').toString()) as Manifest;

/** Width and height of a PNG, as its head says them. */
function sizeOf(png: Buffer): string {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

/** Whether it may be seen through: of what is cut to a shape, all has to be there. */
function isOpaque(png: Buffer): boolean {
  const GREY_OR_COLOURS_WITH_ALPHA = [4, 6];
  return !GREY_OR_COLOURS_WITH_ALPHA.includes(png[25] ?? NaN);
}

test('the page can be installed below any path', () => {
  expect([manifest.start_url, manifest.scope, manifest.display]).toStrictEqual(['./', './', 'standalone']);
  for (const { src } of manifest.icons)
    expect(new URL(src, 'https://a.example/b/').pathname).toMatch(/^\/b\//);
});

test('icons are as large as is said, and those that are cut to a shape have no corners of their own', () => {
  for (const { src, sizes, type, purpose } of manifest.icons) {
    const png = read(`public/${src}`);
    expect([type, sizeOf(png), isOpaque(png)]).toStrictEqual(['image/png', sizes, purpose === 'maskable']);
  }
  expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose ?? 'any'}`)).toStrictEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  );
  const touch = read('public/apple-touch-icon.png');
  expect([sizeOf(touch), isOpaque(touch)]).toStrictEqual(['180x180', true]);
});

test('its colours are those of the page', () => {
  const tokens = read('src/styles/tokens.css').toString();
  const colours = (name: string): readonly string[] => {
    const [, light = '', dark = ''] =
      new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens) ?? [];
    return [light, dark];
  };
  const [light, dark] = colours('surface');
  expect([manifest.background_color, manifest.theme_color]).toStrictEqual([colours('ground')[1], dark]);
  const page = read('index.html').toString();
  for (const [scheme, colour] of [
    ['light', light],
    ['dark', dark],
  ])
    expect(page).toContain(`media="(prefers-color-scheme: ${scheme})" content="${colour}"`);
});
