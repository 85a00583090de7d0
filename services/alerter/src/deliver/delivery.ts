import type { Alert } from '@mediamtx-monitor/types';
import { errorText, type Logger } from '@mediamtx-monitor/runtime';
import type { Delivery, Queued, Target, TargetMessage, TryResult } from '../model.ts';
import { type Style, writeMessage } from '../text/index.ts';
import { readAccess } from './access.ts';
import type { Attempt } from './attempt.ts';
import { type Ending, failed, TargetError } from './ending.ts';
import { endingOf } from './answer.ts';
import { connectionFailure } from './connection-failure.ts';
import type { HttpKind } from './http-kind.ts';
import { Alertmanager } from './kinds/alertmanager.ts';
import { DISCORD } from './kinds/discord.ts';
import { sendEmail } from './kinds/email.ts';
import { NTFY } from './kinds/ntfy.ts';
import { SLACK } from './kinds/slack.ts';
import { TELEGRAM } from './kinds/telegram.ts';
import { WEBHOOK } from './kinds/webhook.ts';
import { post } from './post.ts';

export interface DeliveryOptions {
  readonly logger: Logger;
  /** Unix time in ms. */
  readonly wallMs: () => number;
  /** Where the dashboard is, for links; `null` = nobody knows it. */
  readonly dashboardUrl: string | null;
  /** Whether what a server tells comes from a simulator. */
  readonly isSimulated: (server: string) => boolean;
  /** Time for a whole try, in ms. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/** Brings messages to targets over HTTP and SMTP. */
export class TargetDelivery implements Delivery {
  readonly #options: Required<DeliveryOptions>;
  readonly #kinds: Readonly<Record<Exclude<Target['kind'], 'email'>, HttpKind>>;
  readonly #stopped = new AbortController();
  /** Names of targets that are being tried, or whose result nobody has taken. */
  readonly #busy = new Set<string>();
  #results: TryResult[] = [];

  constructor(options: DeliveryOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, ...options };
    this.#kinds = {
      webhook: WEBHOOK,
      alertmanager: new Alertmanager(),
      ntfy: NTFY,
      slack: SLACK,
      discord: DISCORD,
      telegram: TELEGRAM,
    };
  }

  offer(
    due: readonly { readonly target: Target; readonly queued: Queued }[],
    firingOf: (target: string) => readonly Alert[],
  ): void {
    if (this.#stopped.signal.aborted) return;
    for (const { target, queued } of due) {
      if (this.#busy.has(target.name)) continue;
      this.#busy.add(target.name);
      const firing = target.kind === 'alertmanager' ? firingOf(target.name) : [];
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
    this.#stopped.abort();
  }

  /** Never rejects. */
  async #try(target: Target, message: TargetMessage, firing: readonly Alert[]): Promise<void> {
    const deadline = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = AbortSignal.any([deadline, this.#stopped.signal]);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });
    const ending = await Promise.race([this.#ending(target, message, firing, signal), late]).catch(
      (error: unknown) => this.#failure(error, target, deadline.aborted),
    );
    if (this.#stopped.signal.aborted) return;
    this.#results.push({ target: target.name, messageId: message.id, ...ending });
  }

  async #ending(
    target: Target,
    message: TargetMessage,
    firing: readonly Alert[],
    signal: AbortSignal,
  ): Promise<Ending> {
    const style = (escape: Style['escape']): Style => ({ ...this.#styleOf(target), escape });
    const attempt: Attempt = {
      ...{ target, message, firing, style },
      access: readAccess(target.address),
      wallMs: this.#options.wallMs(),
      write: (escape) => writeMessage(message, style(escape)),
    };
    return target.kind === 'email'
      ? sendEmail(attempt, signal)
      : send(this.#kinds[target.kind], attempt, signal);
  }

  #styleOf({ language, timeZone }: Target): Omit<Style, 'escape'> {
    const { dashboardUrl, isSimulated } = this.#options;
    return { language, timeZone, dashboardUrl, isSimulated };
  }

  #failure(error: unknown, target: Target, isLate: boolean): Ending {
    if (error instanceof TargetError) return failed(error.message);
    // Nobody is told of it.
    if (this.#stopped.signal.aborted) return failed('it was stopped');
    if (isLate) return failed(`it didn’t answer within ${this.#options.timeoutMs / 1_000} s`);
    // What is made of a message goes wrong for every try of it: the log has what to mend.
    this.#options.logger.error(`target ${target.name} could not be told: ${errorText(error)}`);
    return failed('the alerter itself made a mistake; its log says which');
  }
}

/** Sends all that a try consists of, one after the other; what isn't taken ends it. */
async function send(kind: HttpKind, attempt: Attempt, signal: AbortSignal): Promise<Ending> {
  let ending: Ending | null = null;
  for (const request of kind.requests(attempt)) {
    ending = await sendOne(kind, request, attempt.wallMs, signal);
    if (ending.outcome !== 'delivered') return ending;
  }
  kind.delivered?.(attempt);
  return ending ?? failed('there was nothing to send');
}

async function sendOne(
  kind: HttpKind,
  request: ReturnType<HttpKind['requests']>[number],
  wallMs: number,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    const answer = await post(request, signal, kind.judge !== undefined);
    const ending = endingOf(answer, request.url, kind, wallMs);
    return kind.judge?.(answer.body, ending) ?? ending;
  } catch (error) {
    signal.throwIfAborted();
    return failed(connectionFailure(error, request.url.host));
  }
}
