import { describe, expect, test } from '@jest/globals';
import { serveDescriptions } from './serving.ts';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');
/** Elements of a page with their attributes; enough for a page of ours. */
const elementsOf = (html: string): { name: string; attributes: Map<string, string> }[] =>
  [...html.matchAll(/<([a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)].map(
    ([, name = '', attributes = '']) => ({
      name,
      attributes: new Map(
        [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]),
      ),
    }),
  );

describe('the docs page', () => {
  test('comes with a policy that lets in nothing inline and nothing from elsewhere', async () => {
    const response = await fetch(`${await serveDescriptions()}/api/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(CSP);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    // Whoever stands in front decides on TLS, for all paths of the host.
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });

  test('needs nothing but files of this service, and all of them are there', async () => {
    const url = await serveDescriptions();
    const html = await (await fetch(`${url}/api/docs`)).text();
    const elements = elementsOf(html);
    const links = elements.flatMap(({ attributes }) => [attributes.get('href'), attributes.get('src')]);
    const addresses = links
      .filter((link) => link !== undefined)
      .map((link) => new URL(link, `${url}/api/docs`));
    expect(addresses.map(({ origin }) => origin)).toStrictEqual(addresses.map(() => url));
    expect(addresses.map(({ pathname }) => pathname).sort()).toStrictEqual([
      '/api/docs/favicon-32x32.png',
      '/api/docs/index.css',
      '/api/docs/start.js',
      '/api/docs/swagger-ui-bundle.js',
      '/api/docs/swagger-ui.css',
      '/api/openapi.json',
    ]);
    for (const address of addresses) {
      const response = await fetch(address);
      expect([address.pathname, response.status]).toStrictEqual([address.pathname, 200]);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Number(response.headers.get('content-length'))).toBe((await response.arrayBuffer()).byteLength);
    }
  });

  test('has nothing inline: no script, no style, no handler', async () => {
    const html = await (await fetch(`${await serveDescriptions()}/api/docs`)).text();
    const elements = elementsOf(html);
    const scripts = elements.filter(({ name }) => name === 'script');
    expect(scripts.length).toBe(2);
    expect(scripts.filter(({ attributes }) => !attributes.has('src'))).toStrictEqual([]);
    expect([...html.matchAll(/<script[^>]*>([^<]*)/g)].map(([, inside]) => inside)).toStrictEqual(['', '']);
    expect(elements.filter(({ name }) => name === 'style')).toStrictEqual([]);
    const names = elements.flatMap(({ attributes }) => [...attributes.keys()]);
    expect(names.filter((name) => name === 'style' || name.startsWith('on'))).toStrictEqual([]);
    // No element escaped the pattern.
    expect(elements.length).toBe([...html.matchAll(/<[a-z]/g)].length);
  });

  test('starts with our description, and sends it to nobody', async () => {
    const script = await (await fetch(`${await serveDescriptions()}/api/docs/start.js`)).text();
    expect(script).toContain("url: 'openapi.json'");
    expect(script).toContain('validatorUrl: null');
    expect(script).not.toMatch(/https?:/);
  });

  test('sends who asks with a slash at the end to its address, since its paths are relative', async () => {
    const url = await serveDescriptions();
    const response = await fetch(`${url}/api/docs/`, { redirect: 'manual' });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe('../docs');
    expect((await fetch(`${url}/api/docs/`)).url).toBe(`${url}/api/docs`);
  });

  test.each([
    'swagger-ui.js',
    'package.json',
    'swagger-ui-bundle.js.map',
    '..%2findex.ts',
    '%2e%2e%2fpackage.json',
    'start.js/x',
    'constructor',
  ])('has no file %s', async (file) => {
    const response = await fetch(`${await serveDescriptions()}/api/docs/${file}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });
});

describe.each(['/api/openapi.json', '/api/asyncapi.json', '/api/docs', '/api/docs/swagger-ui.css'])(
  '%s',
  (path) => {
    test('is asked for again each time, and not sent again to who has it', async () => {
      const url = `${await serveDescriptions()}${path}`;
      const first = await fetch(url);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{43}"$/);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      for (const tags of [etag, '*', `"other", W/${etag}`]) {
        const again = await fetch(url, { headers: { 'If-None-Match': tags } });
        expect(again.status).toBe(304);
        expect(again.headers.get('etag')).toBe(etag);
      }
      expect((await fetch(url, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    });

    test('answers HEAD with the same head and no body', async () => {
      const url = `${await serveDescriptions()}${path}`;
      const [get, head] = [await fetch(url), await fetch(url, { method: 'HEAD' })];
      for (const name of ['content-type', 'content-length', 'etag', 'content-security-policy']) {
        expect([name, head.headers.get(name)]).toStrictEqual([name, get.headers.get(name)]);
      }
      expect(await head.text()).toBe('');
    });

    test('refuses a parameter that it doesn’t have', async () => {
      const response = await fetch(`${await serveDescriptions()}${path}?version=2`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'unknown-parameter' });
    });
  },
);

describe('the descriptions as served', () => {
  test('are JSON, with the version of the service', async () => {
    const url = await serveDescriptions();
    for (const name of ['openapi', 'asyncapi']) {
      const response = await fetch(`${url}/api/${name}.json`);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.json()).toMatchObject({ info: { version: '1.2.3' } });
    }
  });
});
