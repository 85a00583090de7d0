import { type ParameterName, PARAMETERS, type QueryValues, urlNameOf } from './parameters.ts';
import { type Refusal, RefusedError } from './refusal.ts';
import { parametersOf } from './url.ts';

/** The parameters of a request that were allowed and given. */
export type Query<Name extends ParameterName> = Partial<Pick<QueryValues, Name>>;

/** Every resource lets it pass: access reads it. */
const TICKET = 'ticket';
const MAX_SHOWN = 200;
/** A text of a request as a problem repeats it. */
export const shown = (text: string): string =>
  text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;

/**
 * Reads a request's query parameters.
 * @param url of the request: path and query
 * @param allowed names the resource knows; any other is a mistake that would otherwise pass unseen
 * @throws {RefusedError} that names what is wrong
 */
export function readQuery<Name extends ParameterName>(url: string, allowed: readonly Name[]): Query<Name> {
  const parameters = parametersOf(url);
  const called = allowed.map(urlNameOf);
  const known = new Set<string>([...called, TICKET]);
  const unknown = [...new Set(parameters.keys())].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = called.length === 0 ? 'none' : called.join(', ');
    throw refused('unknown-parameter', `Not known here: ${shown(unknown.join(', '))}. Allowed: ${names}.`);
  }
  const values: Partial<Record<ParameterName, unknown>> = {};
  for (const name of allowed) {
    const texts = parameters.getAll(urlNameOf(name));
    const [text, ...more] = texts;
    if (text === undefined) continue;
    const { isRepeatable = false } = PARAMETERS[name];
    if (more.length > 0 && !isRepeatable) {
      throw refused('invalid-parameter', `${urlNameOf(name)} is given more than once; give it once.`);
    }
    values[name] = valueOf(name, isRepeatable ? texts : text);
  }
  // Each value has passed the schema of its name, which the table ties to its type.
  return values as Query<Name>;
}

function valueOf(name: ParameterName, given: string | readonly string[]): unknown {
  const { schema, allowed } = PARAMETERS[name];
  const result = schema.validate(given);
  if (result.error === undefined) return result.value;
  throw refused(
    'invalid-parameter',
    `${urlNameOf(name)} is "${shown(given.toString())}"; allowed: ${allowed}.`,
  );
}

function refused(code: Refusal['code'], detail: string): RefusedError {
  return new RefusedError({ code, detail });
}

/** Whether a value is among those that are asked for; all are where none is named. */
export function isOneOf(value: unknown, allowed: readonly unknown[] | undefined): boolean {
  return allowed === undefined || allowed.includes(value);
}
