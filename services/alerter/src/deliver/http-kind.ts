import type { Attempt } from './attempt.ts';
import type { Ending } from './ending.ts';

/** One request of a try; always POST. */
export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A kind of target that is told over HTTP. */
export interface HttpKind {
  /** What is sent, one after the other. @throws {TargetError} */
  readonly requests: (attempt: Attempt) => readonly HttpRequest[];
  /** Whether 410 means that it is gone for good, and nothing is to be sent any more. */
  readonly canBeGone: boolean;
  /** What to look at where it answers that it doesn't take what is sent. */
  readonly advice: string;
  /** Looks into an answer with a good status, or into that of a failure, for what the status doesn't say. */
  readonly judge?: (body: string, ending: Ending) => Ending;
  /** Told when all was taken. */
  readonly delivered?: (attempt: Attempt) => void;
}

/** A request with JSON. */
export function jsonRequest(
  url: URL,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  return {
    url,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
