import type { ProblemCode } from '@mediamtx-monitor/types';

/** Why a request gets no answer; each protocol says it in its own way. */
export interface Refusal {
  readonly code: ProblemCode;
  /** What happened and what to do. */
  readonly detail: string;
}
