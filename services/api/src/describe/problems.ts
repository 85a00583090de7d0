import { PROBLEMS, type ProblemCode } from '@mediamtx-monitor/types';
import type { HeaderName } from '../http/headers.ts';
import { problemOf } from '../http/refusal.ts';
import type { Route } from '../http/route.ts';
import { referenceTo } from './components.ts';
import type { JsonObject } from './json-schema.ts';

const HEADERS: Partial<Readonly<Record<ProblemCode, HeaderName>>> = {
  unauthorized: 'WWW-Authenticate',
  'method-not-allowed': 'Allow',
  'too-many-requests': 'Retry-After',
  'too-many-reads': 'Retry-After',
  'tested-already': 'Retry-After',
  'too-many-clients': 'Retry-After',
  'too-many-filters': 'Retry-After',
  'store-unavailable': 'Retry-After',
};
/** What any path may answer with. */
const ANYWHERE: readonly ProblemCode[] = ['method-not-allowed', 'too-many-requests', 'internal-error'];
/** What keeps strangers from data. */
const TO_STRANGERS: readonly ProblemCode[] = ['unauthorized', 'forbidden-host', 'forbidden-origin'];

/** What keeps those who may only read from changing anything. */
const TO_READERS: readonly ProblemCode[] = ['writes-off', 'not-operator'];

/** Of examples. */
const DETAIL = 'What happened, and what to do.';

/** All codes a route may answer with. */
export function problemsOf({
  problems = [],
  parameters,
  open = false,
  isChange = false,
}: Route): readonly ProblemCode[] {
  const own = [...problems];
  if (parameters !== 'any') own.push('unknown-parameter');
  if (parameters.length > 0 && parameters !== 'any') own.push('invalid-parameter');
  if (!open) own.push(...TO_STRANGERS);
  if (isChange) own.push(...TO_READERS);
  return [...own, ...ANYWHERE];
}

/** References to the responses with problem documents, by status. */
export function problemResponses(codes: readonly ProblemCode[]): JsonObject {
  const references = byStatus(codes).map(([status, ofStatus]): [string, JsonObject] => [
    String(status),
    { $ref: `#/components/responses/${nameOf(ofStatus)}` },
  ]);
  return Object.fromEntries(references);
}

/** Those responses as components of the document, and that of all other paths. */
export function problemComponents(routes: readonly Route[]): JsonObject {
  const all = [...routes.map(problemsOf), ['not-found'] as const].flatMap(byStatus);
  return Object.fromEntries(all.map(([status, codes]) => [nameOf(codes), problemResponse(status, codes)]));
}

/** A table of all codes, for people (Markdown). */
export function problemTable(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  return ['| code | status | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function byStatus(codes: readonly ProblemCode[]): [status: number, codes: readonly ProblemCode[]][] {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].sort((a, b) => a - b);
  return statuses.map((status) => [status, codes.filter((code) => PROBLEMS[code].status === status)]);
}

function nameOf(codes: readonly ProblemCode[]): string {
  return codes.join('.');
}

function problemResponse(status: number, codes: readonly ProblemCode[]): JsonObject {
  // A header that only some of several codes bring can't be required here.
  const [header, ...others] = new Set(codes.map((code) => HEADERS[code]));
  const headers = header === undefined || others.length > 0 ? [] : [header];
  const narrowed = { properties: { status: { const: status }, code: { enum: codes } } };
  const schema = { allOf: [referenceTo('Problem'), narrowed] };
  const examples = codes.map((code): [string, JsonObject] => [
    code,
    { value: problemOf({ code, detail: DETAIL }) },
  ]);
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
    ...(headers.length > 0 && { headers: headersOf(headers) }),
    content: { 'application/problem+json': { schema, examples: Object.fromEntries(examples) } },
  };
}

/** References to headers, as a response lists them. */
export function headersOf(names: readonly HeaderName[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
