import { PROBLEMS, type Problem, type ProblemCode } from '@mediamtx-monitor/types';

/** Thrown by a resource that can't answer; the error handler makes a problem document (RFC 9457) of it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** What happened and what to do. */
  readonly detail: string;

  constructor({ code, detail }: { readonly code: ProblemCode; readonly detail: string }) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.detail = detail;
  }

  get problem(): Problem {
    return { type: 'about:blank', ...PROBLEMS[this.code], detail: this.detail, code: this.code };
  }
}
