import { expect } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';

/** Says each breach of the Content-Security-Policy where errors are looked for. */
const TELL_BREACHES = `addEventListener('securitypolicyviolation', (event) => {
  console.error('breach of ' + event.effectiveDirective + ': ' + event.blockedURI + ' ' + event.sample);
});`;

/** On a busy machine the API may put off what was; pages ask again, and browsers write of it all the same. */
function isBusyApi(text: string, url: string): boolean {
  return /\/api\/.*(?:history|events|sessions|availability)/.test(url) && /status of (?:503|429)/.test(text);
}

/** Looks at everything a browser's pages do, from their first request on. */
export class Watch {
  readonly #origin: string;
  readonly #expected: RegExp[] = [];
  readonly #problems: string[] = [];

  /** @param url of the API: whatever asks elsewhere is a problem */
  constructor(url: string) {
    this.#origin = new URL(url).host;
  }

  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(TELL_BREACHES);
    context.on('request', (request) => {
      this.#meet(request.url());
    });
    context.on('console', (message) => {
      if (message.type() !== 'error' || isBusyApi(message.text(), message.location().url)) return;
      this.#problems.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => {
      this.#problems.push(`uncaught: ${error.error().message}`);
    });
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        this.#meet(socket.url());
      });
    });
  }

  /** Takes such an error for what it is: part of the test. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Expects that no page broke the policy, wrote an error to its console, or asked another host for anything. */
  expectClean(): void {
    const isExpected = (problem: string): boolean => this.#expected.some((pattern) => pattern.test(problem));
    expect(this.#problems.filter((problem) => !isExpected(problem))).toStrictEqual([]);
  }

  #meet(url: string): void {
    const { protocol, host } = new URL(url);
    if (/^(?:data|blob):$/.test(protocol) || host === this.#origin) return;
    this.#problems.push(`asked elsewhere: ${url}`);
  }
}
