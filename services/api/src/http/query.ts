import { type ParameterName, PARAMETERS, type QueryValues } from './parameters.ts';
import { type Refusal, RefusedError } from './refusal.ts';

/** The parameters of a request that were allowed and given. */
export type Query<Name extends ParameterName> = Partial<Pick<QueryValues, Name>>;

/** Every resource lets it pass: access reads it. */
const TICKET = 'ticket';
const MAX_SHOWN = 200;
const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/**
 * Reads a request's query parameters.
 * @param url of the request: path and query
 * @param allowed names the resource knows; any other is a mistake that would otherwise pass unseen
 * @throws {RefusedError} that names what is wrong
 */
export function readQuery<Name extends ParameterName>(url: string, allowed: readonly Name[]): Query<Name> {
  const parameters = parametersOf(url);
  const known = new Set<string>([...allowed, TICKET]);
  const unknown = [...new Set(parameters.keys())].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = allowed.length === 0 ? 'none' : allowed.join(', ');
    throw refused('unknown-parameter', `Not known here: ${shown(unknown.join(', '))}. Allowed: ${names}.`);
  }
  const values: Partial<Record<ParameterName, unknown>> = {};
  for (const name of allowed) {
    const [text, ...more] = parameters.getAll(name);
    if (more.length > 0) {
      throw refused('invalid-parameter', `${name} is given more than once; give it once.`);
    }
    if (text !== undefined) values[name] = valueOf(name, text);
  }
  // Each value has passed the schema of its name, which the table ties to its type.
  return values as Query<Name>;
}

/** The query parameters of a request's URL. */
export function parametersOf(url: string): URLSearchParams {
  const mark = url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
}

function valueOf(name: ParameterName, text: string): unknown {
  const { schema, allowed } = PARAMETERS[name];
  const result = schema.validate(text);
  if (result.error === undefined) return result.value;
  throw refused('invalid-parameter', `${name} is "${shown(text)}"; allowed: ${allowed}.`);
}

function refused(code: Refusal['code'], detail: string): RefusedError {
  return new RefusedError({ code, detail });
}
