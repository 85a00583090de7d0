import type Joi from 'joi';
import type { ProblemCode } from '@mediamtx-monitor/types';
import type { ParameterName } from '../http/parameters.ts';
import type { HeaderName } from './headers.ts';

/** What a resource answers with when all is well. */
export interface Answer {
  readonly description: string;
  /** Media type, without parameters. */
  readonly type: string;
  /** Of JSON; anything else is text. */
  readonly body?: Joi.Schema;
  readonly headers?: readonly HeaderName[];
}

/** A resource of the API, as it is described. */
export interface Resource {
  /** Path, with `{name}` for a stream's name. */
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly id: string;
  readonly tag: 'data' | 'live' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Query parameters it knows; `any` where it looks at none. */
  readonly parameters: readonly ParameterName[] | 'any';
  /** Answers by status, problem documents aside. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes of its own, beside those that any resource of its kind has. */
  readonly problems?: readonly ProblemCode[];
  /** Whether it needs no token. */
  readonly isOpen?: boolean;
}
