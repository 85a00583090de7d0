import type { Requester, SilenceRequest } from '@mediamtx-monitor/types';
import { type ApiOptions, type ApiQuestion, askApi, unreadable } from './api-request.ts';

/** Has the alerter do something; the API wants a token whose name stands in API_OPERATORS. Each rejects with a `RequestError`. */
export class AlertChanges {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Who asks, and whether they may do any of this. */
  async me(): Promise<Requester> {
    const { name, mayChange } = await askApi(this.#options, { path: '/api/me' });
    if ((typeof name !== 'string' && name !== null) || typeof mayChange !== 'boolean') throw unreadable();
    return { name, mayChange };
  }

  /** Has nobody told of some alerts for a while. Resolves with the id of the silence. */
  addSilence(request: SilenceRequest): Promise<string> {
    return this.#send({ path: '/api/silences', method: 'POST', body: JSON.stringify(request) });
  }

  /** Ends a silence before its time. */
  async endSilence(id: string): Promise<void> {
    await this.#send({ path: `/api/silences/${encodeURIComponent(id)}`, method: 'DELETE' });
  }

  /** Takes an alert on: nobody is told of it again until it ends. */
  async acknowledge(id: string, comment?: string): Promise<void> {
    const body = JSON.stringify({ comment });
    await this.#send({ path: `/api/alerts/${encodeURIComponent(id)}/ack`, method: 'POST', body });
  }

  /** Sends a test to a target. */
  async testTarget(name: string): Promise<void> {
    await this.#send({ path: `/api/targets/${encodeURIComponent(name)}/test`, method: 'POST' });
  }

  /** Sends again what could not be delivered. @param id of a notification */
  async replay(id: string): Promise<void> {
    await this.#send({ path: `/api/notifications/${encodeURIComponent(id)}/replay`, method: 'POST' });
  }

  async #send(question: ApiQuestion): Promise<string> {
    const { id } = await askApi(this.#options, question);
    if (typeof id !== 'string') throw unreadable();
    return id;
  }
}
