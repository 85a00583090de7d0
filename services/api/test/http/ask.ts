import type { Test } from 'supertest';

export interface Answer {
  readonly status: number;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is no body. */
  readonly text: string;
  /** The body parsed; `{}` where there is none. */
  readonly body: unknown;
}

/** Sends a request; supertest's own answers are untyped. */
export async function ask(request: Test): Promise<Answer> {
  const { status, headers, text, body } = (await request) as Omit<Answer, 'text'> & { text?: string };
  return { status, headers, text: text ?? '', body };
}
