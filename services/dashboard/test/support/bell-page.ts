import { eventually } from '@mediamtx-monitor/testkit';
import type { AlertsMessage, Requester } from '@mediamtx-monitor/types';
import { expect } from '@jest/globals';
import { openPage, type TestPage, textOf } from './page.tsx';
import { snapshot, stream } from './records.ts';

// jsdom has no top layer.
HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement): void {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement): void {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

const OPS: Requester = { name: 'ops', mayChange: true };

/** What the API answers: a status and a body; no answer at all where it is left out. */
export type BellApiAnswers = Readonly<Record<string, readonly [status: number, body: object] | undefined>>;

interface AskedOfApi {
  readonly what: string;
  readonly body: unknown;
}

/** An API that knows who asks, keeps no notifications, and says what was asked of it. */
function apiOf(answers: BellApiAnswers, requester: Requester | null) {
  const asked: AskedOfApi[] = [];
  const page = { items: [], next: '0-0', previous: '0-0', more: false, trimmed: false };
  const all: BellApiAnswers = {
    ...(requester !== null && { 'GET /api/me': [200, requester] as const }),
    'GET /api/notifications': [200, page],
    ...answers,
  };
  const fetch = (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = String(input);
    const what = `${init.method ?? 'GET'} ${new URL(url).pathname}`;
    asked.push({ what, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    const answer = all[what];
    if (answer === undefined) return Promise.reject(new TypeError('no network'));
    const [status, body] = answer;
    return Promise.resolve({
      ...{ status, headers: { get: () => null }, json: () => Promise.resolve(body) },
    } as unknown as Response);
  };
  return { fetch: fetch as typeof globalThis.fetch, asked };
}

interface BellPage extends TestPage {
  readonly asked: readonly AskedOfApi[];
  readonly tell: (message: AlertsMessage) => void;
  readonly bell: HTMLButtonElement;
  readonly open: () => Promise<HTMLDialogElement>;
}

/** A page where an alerter is at work, unless there is nothing that it tells. */
export function openBellPage(
  message: AlertsMessage | null,
  {
    answers = {},
    requester = OPS,
    query = '',
    browser = {},
  }: {
    answers?: BellApiAnswers;
    requester?: Requester | null;
    query?: string;
    browser?: Record<string, string>;
  } = {},
): BellPage {
  const { fetch, asked } = apiOf(answers, requester);
  const page = openPage(query, { fetch, browser });
  let seq = 1;
  const tell = (next: AlertsMessage): void => {
    seq += 1;
    page.deliver(({ onAlerts, onAlertsStatus }) => {
      onAlerts?.({ ...next, seq });
      onAlertsStatus?.({ ageMs: 0, stale: false });
    });
  };
  page.deliver(({ onState, onStreams }) => {
    onState?.({ state: 'open', transport: 'websocket' });
    onStreams?.(snapshot([stream()]));
  });
  page.wait(5_000);
  if (message !== null) tell(message);
  const bell = page.root.querySelector<HTMLButtonElement>('.bell');
  if (bell === null) throw new Error('no bell');
  return {
    ...page,
    asked,
    tell,
    bell,
    open: async () => {
      page.do(() => {
        bell.click();
      });
      return eventually(() => {
        const dialog = page.root.querySelector('dialog');
        if (dialog?.open !== true) throw new Error('not open');
        return dialog;
      });
    },
  };
}

export const shows = (root: ParentNode, text: string | RegExp): Promise<void> =>
  eventually(() => {
    expect(textOf(root, '.bell-content')).toMatch(text);
  });
/** A button by its name; the first of several. */
export function button(root: ParentNode, name: string): HTMLButtonElement | undefined {
  return [...root.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
  );
}
export async function press({ root, do: change }: TestPage, name: string): Promise<void> {
  await eventually(() => {
    expect(button(root, name)?.disabled).toBe(false);
  });
  change(() => {
    button(root, name)?.click();
  });
}
