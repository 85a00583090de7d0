import http from 'node:http';
import https from 'node:https';
import { errorText, type Logger, maskSecrets, systemCode } from '@mediamtx-monitor/runtime';
import { HistoryAwayError, HistoryRefusedError } from '../http/history.ts';
import { ENGINE } from './engine-answer.ts';

/** Where an engine is, and as whom to ask. */
export interface EngineTarget {
  /** What `/api/v1` stands below; may have a user and a password. */
  readonly url: string;
  readonly token?: string | undefined;
  /** Whose series, where an engine keeps those of several apart. */
  readonly tenant?: string | undefined;
}

export interface EngineOptions {
  /** Looked at for each question, since what is secret in it may change. */
  readonly target: () => EngineTarget;
  readonly logger: Logger;
  /** Certificates (PEM) of the authorities that are believed; without, those that the system knows. */
  readonly ca?: string | undefined;
  /** Time for an answer, in ms. */
  readonly timeoutMs?: number;
  /** Length of the longest answer that is read, in bytes. */
  readonly maxBytes?: number;
}

interface EngineResponse {
  readonly status: number;
  readonly data: string;
}

const TIMEOUT_MS = 20_000;
/** Ten thousand steps of eight words take 3 MB. */
const MAX_BYTES = 6_291_456;
/** So many questions at a time: an engine has others to answer, too. */
const MAX_SOCKETS = 4;
/** A connection that was idle for longer isn't used again: the other side may be closing it. */
const IDLE_MS = 4_000;
const MAX_SHOWN = 300;
const NARROWER = 'Ask for less time, fewer fields or larger steps.';
const CHECK = 'Check HISTORY_URL, and whether what it names runs.';
const ANY_TIME = { start: '60', end: '60', step: '60' } as const;

/** An engine that has the API of Prometheus. */
export class Engine {
  readonly #options: Required<Omit<EngineOptions, 'ca'>>;
  readonly #agents: { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
  /** What went wrong last, where nothing went well since. */
  #failing: string | null = null;

  constructor(options: EngineOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, ...options };
    const settings = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_MS };
    this.#agents = {
      httpAgent: new http.Agent(settings),
      httpsAgent: new https.Agent({ ...settings, ca: options.ca }),
    };
  }

  /**
   * Asks what stands below `/api/v1`, and gives what the answer has in `data`.
   * @param signal aborts when nobody waits for it any more
   * @throws {HistoryAwayError | HistoryRefusedError}, and the reason of the signal
   */
  async ask(
    path: 'query_range' | 'series',
    form: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await this.#post(path, form, AbortSignal.any([signal, deadline]));
      const data = dataOf(response, (text) => withoutOwn(this.#options.target(), text));
      if (this.#failing !== null) this.#options.logger.info(`${ENGINE} answers again`);
      this.#failing = null;
      return data;
    } catch (error) {
      signal.throwIfAborted();
      throw this.#told(failureOf(error, deadline.aborted));
    }
  }

  /**
   * Asks once what any engine can answer, so that the log tells of a wrong address before anybody asks for history. Never
   * rejects.
   */
  async tryOnce(signal: AbortSignal): Promise<void> {
    await this.ask('query_range', { query: 'vector(1)', ...ANY_TIME }, signal).catch(() => undefined);
  }

  /** Lets connections go. */
  close(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  async #post(
    path: string,
    form: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<EngineResponse> {
    // Only who has an engine pays for it: some MB, and a tenth of a second.
    const { default: axios } = await import('axios');
    const { url, token, tenant } = this.#options.target();
    return axios.post<string>(`${url.replace(/\/+$/, '')}/api/v1/${path}`, new URLSearchParams(form), {
      ...this.#agents,
      signal,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(tenant !== undefined && { 'x-scope-orgid': tenant }),
      },
      responseType: 'text',
      transformResponse: (text: string) => text,
      maxContentLength: this.#options.maxBytes,
      maxRedirects: 0,
      validateStatus: () => true,
      // It is asked directly, as MediaMTX is.
      proxy: false,
    });
  }

  /** Has the log tell of a failure, once as long as it stays the same. */
  #told<Failure extends Error>(failure: Failure): Failure {
    if (failure.message !== this.#failing) {
      const cause = failure.cause === undefined ? '' : ` (${errorText(failure.cause)})`;
      const { host } = new URL(this.#options.target().url);
      this.#options.logger.warn(`history is not read from ${host}: ${failure.message}${cause}`);
    }
    this.#failing = failure.message;
    return failure;
  }
}

function failureOf(error: unknown, isLate: boolean): HistoryAwayError | HistoryRefusedError {
  if (error instanceof HistoryAwayError || error instanceof HistoryRefusedError) return error;
  if (isLate)
    return new HistoryAwayError(
      `${ENGINE} does not answer in time. ${NARROWER} Where it never does: ${CHECK}`,
    );
  if (systemCode(error) === 'ERR_BAD_RESPONSE' && errorText(error).startsWith('maxContentLength')) {
    return new HistoryRefusedError(`${ENGINE} answers more than can be read. ${NARROWER}`);
  }
  return new HistoryAwayError(`${ENGINE} does not answer. ${CHECK}`, { cause: error });
}

/** What an engine says, without what was told to it, as some say again who asked. */
function withoutOwn({ url, token, tenant }: EngineTarget, text: string): string {
  const { username, password } = new URL(url);
  const [user, word] = [decodeURIComponent(username), decodeURIComponent(password)];
  const pair = Buffer.from(`${user}:${word}`).toString('base64');
  const own = [token, tenant, user === '' && word === '' ? '' : pair, word, password];
  return own
    .filter((secret) => secret !== undefined && secret !== '')
    .reduce<string>((rest, secret) => rest.replaceAll(String(secret), '(removed)'), text);
}

/**
 * What an answer has in `data`.
 * @param mask takes out what nobody else may see
 * @throws {HistoryAwayError | HistoryRefusedError} where it has none
 */
function dataOf({ status, data: text }: EngineResponse, mask: (text: string) => string): unknown {
  const body = parsed(text);
  if (status === 200 && body?.['status'] === 'success') return body['data'];
  const said =
    typeof body?.['error'] === 'string' ? `: ${maskSecrets(mask(body['error'])).slice(0, MAX_SHOWN)}` : '';
  if (status === 429 || status >= 500) {
    throw new HistoryAwayError(`${ENGINE} has trouble (${status}${said}). ${NARROWER}`);
  }
  throw new HistoryRefusedError(`${ENGINE} ${refusalOf(status, said)}`);
}

function refusalOf(status: number, said: string): string {
  if (status === 401 || status === 403) {
    return (
      `refuses access (${status}${said}). Check HISTORY_TOKEN, or user and password in HISTORY_URL; ` +
      'of Mimir HISTORY_TENANT, too.'
    );
  }
  if (said !== '') return `refuses the query (${status}${said}). ${NARROWER}`;
  return (
    `is none: what answers (${status}) doesn’t speak the API of Prometheus. HISTORY_URL has to be the address that ` +
    '/api/v1/query_range stands below.'
  );
}

/** An object in JSON; `null` for anything else. */
function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
