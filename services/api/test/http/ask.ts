import type { Test } from 'supertest';

export interface ParsedAnswer {
  readonly status: number;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is no body. */
  readonly text: string;
  /** The body parsed; `{}` where there is none. */
  readonly body: unknown;
}

/** The body of an answer that lists something. */
export interface ItemsBody {
  readonly items: readonly unknown[];
  readonly total: number;
}

/** Sends a request; supertest's own answers are untyped. */
export async function ask(request: Test): Promise<ParsedAnswer> {
  const { status, headers, text, body } = (await request) as Omit<ParsedAnswer, 'text'> & { text?: string };
  return { status, headers, text: text ?? '', body };
}
