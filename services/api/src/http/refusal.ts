import { PROBLEMS, type Problem, type ProblemCode } from '@mediamtx-monitor/types';

/** Why a request gets no answer; each protocol says it in its own way. */
export interface Refusal {
  readonly code: ProblemCode;
  /** What happened and what to do. */
  readonly detail: string;
  /** Headers that belong to it, as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where a request can't be answered. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.name = 'RefusedError';
    this.refusal = refusal;
  }
}

/** The problem document (RFC 9457) of a refusal. */
export function problemOf({ code, detail }: Refusal): Problem {
  return { type: 'about:blank', ...PROBLEMS[code], detail, code };
}
