import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { connectMonitor, MonitorError } from '../src/index.ts';
import { portsOf } from '../src/platform.ts';
import type { Socket } from '../src/ports.ts';

/** A socket that never opens. */
class NoSocket implements Socket {
  addEventListener(): void {
    return;
  }
  send(): void {
    throw new Error('it is not open');
  }
  close(): void {
    return;
  }
}

const NAMES = ['WebSocket', 'fetch', 'location', 'document', 'addEventListener', 'removeEventListener'];
const globals = globalThis as unknown as Record<string, unknown>;
const before = Object.fromEntries(
  NAMES.map((name) => [name, Object.getOwnPropertyDescriptor(globals, name)]),
);

afterEach(() => {
  for (const name of NAMES) {
    const descriptor = before[name];
    if (descriptor === undefined) Reflect.deleteProperty(globals, name);
    else Object.defineProperty(globals, name, descriptor);
  }
});

/** Makes this platform one that has something, or lacks it. */
function pretend(having: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(having)) {
    Object.defineProperty(globals, name, { value, configurable: true, writable: true });
  }
}

describe('where something is missing', () => {
  test('no WebSocket: the error says what to pass', () => {
    pretend({ WebSocket: undefined });
    expect(() => connectMonitor({ url: 'http://127.0.0.1:8000' })).toThrow(MonitorError);
    expect(() => connectMonitor({ url: 'http://127.0.0.1:8000' })).toThrow(
      expect.objectContaining({ code: 'no-websocket', message: expect.stringContaining('webSocket') }),
    );
  });

  test('no fetch: only a token and events need one', () => {
    pretend({ fetch: undefined });
    const options = { url: 'http://127.0.0.1:8000', webSocket: NoSocket };
    expect(() => connectMonitor({ ...options, token: 'secret' })).toThrow(
      expect.objectContaining({ code: 'no-fetch' }),
    );
    expect(() => connectMonitor({ ...options, transport: 'sse' })).toThrow(
      expect.objectContaining({ code: 'no-fetch' }),
    );
    connectMonitor(options).close();
  });

  test('no page: url can not be empty', () => {
    expect(() => connectMonitor({ url: '', webSocket: NoSocket })).toThrow(
      expect.objectContaining({ code: 'invalid-url' }),
    );
  });
});

describe('where it is there', () => {
  test("the platform's own WebSocket is taken, and that of the options before it", () => {
    class Passed extends NoSocket {}
    pretend({ WebSocket: NoSocket });
    expect(portsOf({}).webSocket).toBe(NoSocket);
    expect(portsOf({ webSocket: Passed }).webSocket).toBe(Passed);
  });

  test('fetch is called on the global object, as browsers want it', async () => {
    const callers: unknown[] = [];
    pretend({
      fetch: function fetch(this: unknown) {
        callers.push(this);
        return Promise.resolve({ status: 200, headers: { get: () => null }, json: () => Promise.resolve() });
      },
    });
    const { fetch, newAborter } = portsOf({ webSocket: NoSocket });
    await fetch?.('http://127.0.0.1', { method: 'POST', headers: {}, signal: newAborter().signal });
    expect(callers).toStrictEqual([globalThis]);
  });

  test('an empty url is the origin of the page', async () => {
    const urls: string[] = [];
    class Recording extends NoSocket {
      constructor(url: string) {
        super();
        urls.push(url);
      }
    }
    pretend({ location: { origin: 'https://monitor.example' } });
    const monitor = connectMonitor({ url: '', webSocket: Recording, onWake: () => () => undefined });
    await eventually(() => {
      expect(urls).toStrictEqual(['wss://monitor.example/ws']);
    });
    monitor.close();
  });
});

describe('waking up', () => {
  /** A page that can be hidden. */
  function pretendPage(): {
    readonly page: EventTarget & { visibilityState: string };
    readonly window: EventTarget;
  } {
    const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    const window = new EventTarget();
    pretend({
      document: page,
      addEventListener: window.addEventListener.bind(window),
      removeEventListener: window.removeEventListener.bind(window),
    });
    return { page, window };
  }

  test('when the network is back and when the page is looked at', () => {
    const { page, window } = pretendPage();
    let count = 0;
    const stop = portsOf({ webSocket: NoSocket }).onWake(() => {
      count += 1;
    });
    window.dispatchEvent(new Event('online'));
    expect(count).toBe(1);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(count).toBe(1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(count).toBe(2);
    stop();
    window.dispatchEvent(new Event('online'));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(count).toBe(2);
  });

  test('never outside of pages', () => {
    const { onWake } = portsOf({ webSocket: NoSocket });
    expect(() => {
      onWake(() => undefined)();
    }).not.toThrow();
  });
});
