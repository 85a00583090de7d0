import { SimulatorError } from '../errors.ts';
import { LIST_NAMES, type SimulatedListName } from '../lists/names.ts';

/** The members of a JSON object, read one by one; each throws `invalid-fault` when it isn't as asked. */
export interface MemberReader {
  readonly has: (name: string) => boolean;
  readonly number: (name: string, min: number, max: number) => number;
  readonly integer: (name: string, min: number, max: number) => number;
  readonly oneOf: <Choice extends string>(name: string, choices: readonly Choice[]) => Choice;
  readonly text: (name: string) => string;
  /** The optional member `list`. */
  readonly list: () => { readonly list?: SimulatedListName };
  /** The names that nobody asked for. */
  readonly unread: () => string[];
}

/** Takes a JSON text apart. */
export function readMembers(json: string): MemberReader {
  const object = parseObject(json);
  const read = new Set<string>();
  const get = (name: string): unknown => {
    read.add(name);
    return object.get(name);
  };
  const has = (name: string): boolean => object.has(name);
  const number = (name: string, min: number, max: number): number => {
    const value = get(name);
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw refused(name, value, `a number from ${min} to ${max}`);
  };
  const integer = (name: string, min: number, max: number): number => {
    const value = number(name, min, max);
    if (Number.isInteger(value)) return value;
    throw refused(name, value, `a whole number from ${min} to ${max}`);
  };
  const text = (name: string): string => {
    const value = get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw refused(name, value, 'a text');
  };
  const oneOf = <Choice extends string>(name: string, choices: readonly Choice[]): Choice => {
    const value = get(name);
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw refused(name, value, `one of ${choices.join(', ')}`);
  };
  return {
    has,
    number,
    integer,
    oneOf,
    text,
    list: () => (has('list') ? { list: oneOf('list', LIST_NAMES) } : {}),
    unread: () => [...object.keys()].filter((name) => !read.has(name)),
  };
}

function parseObject(json: string): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new SimulatorError('invalid-fault', 'The body must be JSON, such as {"kind":"hang"}.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SimulatorError('invalid-fault', 'The body must be a JSON object, such as {"kind":"hang"}.');
  }
  return new Map(Object.entries(value));
}

function refused(name: string, value: unknown, allowed: string): SimulatorError {
  const was = value === undefined ? 'missing' : JSON.stringify(value);
  return new SimulatorError('invalid-fault', `${name} must be ${allowed}; it is ${was}.`);
}
