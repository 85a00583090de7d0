import { asFields } from '../fields.ts';
import type { ReceivedFact, PathAnswers, PathConfigurationFact, PathFact } from '../facts.ts';
import type { ServerRun } from './list-names.ts';
import type { Budget } from './budget.ts';
import { Deadline } from './deadline.ts';
import { isRefusal } from './failures.ts';
import { InvalidAnswerError } from './invalid-answer.ts';
import { asItIs, ListBodyReader, MAX_OBJECT_BYTES } from './list-body.ts';
import { parseListPage, parseObject } from './list-page.ts';
import {
  type Asked,
  chooseQuestions,
  type KnownAnswers,
  type PathQuestion,
  type QuestionKind,
  QUESTION_KINDS,
  TEN_MINUTES_MS,
} from './questions.ts';
import type { Request } from './request.ts';
import { FORWARDS_SINCE, isFrom, type Naming, RENAMED_IN } from './routes.ts';

/** What became of a question. */
type Outcome =
  | { readonly kind: 'answered'; readonly body: unknown; readonly receivedAtMs: number }
  /** The server doesn't know the route. */
  | { readonly kind: 'no-route' }
  /** These credentials may not ask that. */
  | { readonly kind: 'refused' }
  /** It isn't there, or isn't what MediaMTX sends. */
  | { readonly kind: 'failed' }
  /** No answer came in time. */
  | { readonly kind: 'unanswered' };

/** A name as a part of a URL; `null` where it can't be one. */
function encoded(name: string): string | null {
  // These would lead elsewhere, however they are encoded.
  if (name === '.' || name === '..') return null;
  try {
    return encodeURIComponent(name);
  } catch {
    return null;
  }
}

function pathOf({ kind, subject }: PathQuestion, naming: Naming): string | null {
  const name = encoded(subject);
  if (name === null) return null;
  if (kind === 'configuration') return `/v3/config/paths/get/${name}`;
  if (kind === 'source') return `/v3/paths/static-sources/get/${name}`;
  return `/v3/paths/${naming === 'new' ? 'forward-dests' : 'forward'}/list?path=${name}`;
}

/** Reads the two things that are kept of a configured path; `null` where it doesn't tell them. */
function configurationIn(body: unknown): PathConfigurationFact | null {
  const { sourceOnDemand, runOnDemand } = asFields(body) ?? {};
  if (typeof sourceOnDemand !== 'boolean') return null;
  return { sourceOnDemand, runOnDemand: typeof runOnDemand === 'string' && runOnDemand !== '' };
}

/** How long a question isn't asked again, by what became of it, in ms. */
const PAUSES_MS = {
  answered: 0,
  'no-route': TEN_MINUTES_MS,
  refused: TEN_MINUTES_MS,
  failed: TEN_MINUTES_MS,
  unanswered: 10_000,
} as const satisfies Record<Outcome['kind'], number>;

/** Asks a server about single paths. */
export class PathAsker {
  readonly #request: Request;
  readonly #monotonicMs: () => number;
  readonly #asked: Record<QuestionKind, Map<string, Asked>> = {
    configuration: new Map(),
    source: new Map(),
    forwards: new Map(),
  };
  readonly #configurations = new Map<string, PathConfigurationFact>();
  readonly #withForwards = new Set<string>();
  /** Until when kinds of questions aren't asked. */
  readonly #closedUntilMs = new Map<QuestionKind, number>();
  /** The name by which forwards are asked for, once the first one to try was unknown. */
  #otherNaming: Naming | null = null;
  #lastRun: number | null = null;

  constructor(request: Request, monotonicMs: () => number) {
    this.#request = request;
    this.#monotonicMs = monotonicMs;
  }

  /** What is known without asking. */
  get known(): PathAnswers {
    return { configurations: new Map(this.#configurations), sources: new Map(), forwards: new Map() };
  }

  /**
   * Asks what is due now of the paths that were listed; never rejects. What isn't answered within `timeoutMs` is left
   * out.
   */
  async ask(
    paths: readonly PathFact[],
    server: ServerRun,
    budget: Budget,
    timeoutMs: number,
  ): Promise<PathAnswers> {
    if (server.run !== this.#lastRun) this.#forget();
    this.#lastRun = server.run;
    const nowMs = this.#monotonicMs();
    this.#prune(paths, nowMs);
    const naming = this.#otherNaming ?? server.naming;
    const known: KnownAnswers = {
      kinds: this.#kindsOf(server.version, nowMs),
      asked: this.#asked,
      configurations: this.#configurations,
      withForwards: this.#withForwards,
    };
    const questions = chooseQuestions(paths, known, nowMs);
    const deadline = new Deadline(timeoutMs);
    const outcomes = await Promise.all(
      questions.map((question) => this.#askOne(question, naming, budget, deadline.signal)),
    );
    deadline.clear();
    const sources = new Map<string, ReceivedFact<unknown>>();
    const forwards = new Map<string, ReceivedFact<readonly unknown[]>>();
    for (const [index, question] of questions.entries()) {
      const outcome = outcomes[index] ?? { kind: 'unanswered' };
      this.#settle(question, outcome, naming, nowMs);
      if (outcome.kind !== 'answered') continue;
      const { body, receivedAtMs } = outcome;
      if (question.kind === 'source') sources.set(question.subject, { fact: body, receivedAtMs });
      if (question.kind === 'forwards' && Array.isArray(body)) {
        forwards.set(question.subject, { fact: body, receivedAtMs });
      }
    }
    return { ...this.known, sources, forwards };
  }

  /**
   * Another server may answer: all is asked anew, in the order that it has waited, or the same ones would be asked first
   * again and again while the list fails now and then. What was configured stays known until the server says otherwise.
   */
  #forget(): void {
    for (const kind of QUESTION_KINDS) {
      for (const [subject, { atMs }] of this.#asked[kind]) {
        this.#asked[kind].set(subject, { atMs, answeredAtMs: -Infinity, notBeforeMs: -Infinity });
      }
    }
    this.#withForwards.clear();
    this.#closedUntilMs.clear();
    this.#otherNaming = null;
  }

  /** Keeps what has to do with paths that are there, and what was asked within ten minutes. */
  #prune(paths: readonly PathFact[], nowMs: number): void {
    const asked = this.#asked;
    const names = new Set(paths.map(({ name }) => name));
    const confNames = new Set(paths.map(({ confName }) => confName));
    for (const [confName, { atMs }] of asked.configuration) {
      if (!confNames.has(confName) && nowMs - atMs >= TEN_MINUTES_MS) asked.configuration.delete(confName);
    }
    for (const confName of this.#configurations.keys()) {
      if (!confNames.has(confName) && !asked.configuration.has(confName)) {
        this.#configurations.delete(confName);
      }
    }
    for (const kind of ['source', 'forwards'] as const) {
      for (const name of asked[kind].keys()) if (!names.has(name)) asked[kind].delete(name);
    }
    for (const name of this.#withForwards) if (!names.has(name)) this.#withForwards.delete(name);
  }

  #kindsOf(version: string | null, nowMs: number): ReadonlySet<QuestionKind> {
    const since = { configuration: 0, source: RENAMED_IN, forwards: FORWARDS_SINCE };
    const kinds = QUESTION_KINDS.filter(
      // A version that says nothing is asked; the answer tells.
      (kind) =>
        isFrom(version, since[kind]) !== false && nowMs >= (this.#closedUntilMs.get(kind) ?? -Infinity),
    );
    return new Set(kinds);
  }

  async #askOne(
    question: PathQuestion,
    naming: Naming,
    budget: Budget,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const path = pathOf(question, naming);
    if (path === null) return { kind: 'failed' };
    const isList = question.kind === 'forwards';
    try {
      const reader = new ListBodyReader(
        isList,
        (kind, amount) => {
          budget.spend(question.kind, kind, amount);
        },
        asItIs,
        MAX_OBJECT_BYTES,
      );
      const { status, isJson, receivedAtMs } = await this.#request(path, signal, reader.take);
      if (isRefusal(status)) return { kind: 'refused' };
      if (status === 404 && !isJson) return { kind: 'no-route' };
      // While it is busy with a path MediaMTX says so by a 500.
      if (status >= 500) return { kind: 'unanswered' };
      if (status !== 200) return { kind: 'failed' };
      const body = reader.end();
      return {
        kind: 'answered',
        body: isList ? parseListPage(body).items : parseObject(body.head),
        receivedAtMs,
      };
    } catch (error) {
      return { kind: error instanceof InvalidAnswerError ? 'failed' : 'unanswered' };
    }
  }

  #settle({ kind, subject }: PathQuestion, outcome: Outcome, naming: Naming, nowMs: number): void {
    const asked = this.#asked[kind];
    const answeredAtMs =
      outcome.kind === 'unanswered' ? (asked.get(subject)?.answeredAtMs ?? -Infinity) : nowMs;
    asked.set(subject, { atMs: nowMs, answeredAtMs, notBeforeMs: nowMs + PAUSES_MS[outcome.kind] });
    if (outcome.kind === 'refused') this.#closedUntilMs.set(kind, nowMs + TEN_MINUTES_MS);
    if (kind === 'configuration') {
      const known = outcome.kind === 'answered' ? configurationIn(outcome.body) : null;
      if (known !== null) this.#configurations.set(subject, known);
      else if (outcome.kind !== 'unanswered') this.#configurations.delete(subject);
      return;
    }
    if (kind === 'forwards' && outcome.kind !== 'unanswered') {
      const hasSome = outcome.kind === 'answered' && Array.isArray(outcome.body) && outcome.body.length > 0;
      if (hasSome) this.#withForwards.add(subject);
      else this.#withForwards.delete(subject);
    }
    if (outcome.kind !== 'no-route') return;
    if (kind === 'forwards' && naming !== this.#otherNaming) {
      this.#otherNaming = naming === 'new' ? 'old' : 'new';
      this.#asked.forwards.delete(subject);
    } else this.#closedUntilMs.set(kind, Infinity);
  }
}
