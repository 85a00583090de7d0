import { errorText, type Logger } from '@mediamtx-monitor/runtime';
import { callHttp } from '../http-call.ts';
import type { Delivery, DueMessage, TargetFiring } from '../delivery-port.ts';
import type { Target, TargetMessage, TryResult } from '../model.ts';
import { readAccess } from '../access.ts';
import { attemptOf, type DeliveryAttempt } from './attempt.ts';
import { EntryError } from '../entry-error.ts';
import { type TryEnding, failed } from './ending.ts';
import { endingOf } from './answer.ts';
import { connectionFailure } from '../connection-failure.ts';
import type { HttpKind, HttpRequest } from './http-kind.ts';
import { httpKinds } from './kinds.ts';
import { sendEmail } from './kinds/email.ts';

export interface DeliveryOptions {
  readonly logger: Logger;
  /** Unix time in ms. */
  readonly wallMs: () => number;
  /** Where the dashboard is, for links; `null` = nobody knows it. */
  readonly dashboardUrl: string | null;
  /** Time for a whole try, in ms. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** Who isn't told all of it has nothing to do with it. */
const NOTHING_FIRES: TargetFiring = { firing: [], ended: [] };

/** Brings messages to targets over HTTP and SMTP. */
export class TargetDelivery implements Delivery {
  readonly #options: Required<DeliveryOptions>;
  readonly #kinds = httpKinds();
  /** Cut what runs. */
  readonly #running = new Set<AbortController>();
  /** Names of targets that are being tried, or whose result nobody has taken. */
  readonly #busy = new Set<string>();
  #results: TryResult[] = [];
  #isStopped = false;

  constructor(options: DeliveryOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, ...options };
  }

  offer(due: readonly DueMessage[], firingOf: (target: string) => TargetFiring): void {
    if (this.#isStopped) return;
    for (const { target, queued } of due) {
      if (this.#busy.has(target.name)) continue;
      this.#busy.add(target.name);
      const firing = target.kind === 'alertmanager' ? firingOf(target.name) : NOTHING_FIRES;
      void this.#try(target, queued.message, firing);
    }
  }

  takeResults(): readonly TryResult[] {
    const results = this.#results;
    this.#results = [];
    for (const { target } of results) this.#busy.delete(target);
    return results;
  }

  stop(): void {
    this.#isStopped = true;
    for (const each of this.#running) each.abort();
  }

  /** Never rejects. */
  async #try(target: Target, message: TargetMessage, firing: TargetFiring): Promise<void> {
    const cut = new AbortController();
    this.#running.add(cut);
    const timer = setTimeout(() => {
      cut.abort();
    }, this.#options.timeoutMs);
    const isCut = new Promise<never>((_, reject) => {
      // Not before whoever has an answer already, if not all of it, could say so.
      cut.signal.addEventListener('abort', () =>
        setImmediate(() => {
          reject(new Error('it was cut'));
        }),
      );
    });
    const ending = await Promise.race([this.#ending(target, message, firing, cut.signal), isCut]).catch(
      (error: unknown) => this.#failure(error, target, cut.signal.aborted),
    );
    clearTimeout(timer);
    this.#running.delete(cut);
    if (this.#isStopped) return;
    this.#results.push({ target: target.name, messageId: message.id, ...ending });
  }

  async #ending(
    target: Target,
    message: TargetMessage,
    firing: TargetFiring,
    signal: AbortSignal,
  ): Promise<TryEnding> {
    const access = readAccess(target.address);
    const parts = { target, message, access, ...firing, wallMs: this.#options.wallMs() };
    const attempt = attemptOf(parts, this.#options);
    return target.kind === 'email'
      ? sendEmail(attempt, signal)
      : send(this.#kinds[target.kind], attempt, signal);
  }

  #failure(error: unknown, target: Target, isCut: boolean): TryEnding {
    if (error instanceof EntryError) return failed(error.message);
    if (isCut) return failed(`it didn’t answer within ${this.#options.timeoutMs / 1_000} s`);
    // What is made of a message goes wrong for every try of it: the log has what to mend.
    this.#options.logger.error(`target ${target.name} could not be told: ${errorText(error)}`);
    return failed('the alerter itself made a mistake; its log says which');
  }
}

/** Sends all that a try consists of, one after the other; what isn't taken ends it. */
async function send(kind: HttpKind, attempt: DeliveryAttempt, signal: AbortSignal): Promise<TryEnding> {
  let ending: TryEnding | null = null;
  for (const request of kind.requests(attempt)) {
    ending = await sendOne(kind, request, attempt.wallMs, signal);
    if (ending.outcome !== 'delivered') return ending;
  }
  if (ending === null) return failed('there was nothing to send');
  return kind.told === undefined ? ending : { ...ending, told: kind.told(attempt) };
}

async function sendOne(
  kind: HttpKind,
  request: HttpRequest,
  wallMs: number,
  signal: AbortSignal,
): Promise<TryEnding> {
  try {
    const answer = await callHttp(
      { method: 'POST', ...request, readsBody: kind.judge !== undefined },
      signal,
    );
    const ending = endingOf(answer, request.url, kind, wallMs);
    return kind.judge?.(answer, ending) ?? ending;
  } catch (error) {
    signal.throwIfAborted();
    return failed(connectionFailure(error, request.url.host));
  }
}
