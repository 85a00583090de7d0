import { expect } from '@jest/globals';
import type Joi from 'joi';

/** The paths of the fields that a schema complains about; empty when the value is right. */
export function complaints(schema: Joi.Schema, value: unknown): string[] {
  const { error } = schema.validate(value, { abortEarly: false, convert: false });
  return (error?.details ?? []).map(({ path }) => path.join('.'));
}

/** A copy of `value` whose field at `path` is `field`; without the field when that is `undefined`. */
export function withField(value: object, path: string, field: unknown): object {
  const [first = '', ...rest] = path.split('.');
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([name, old]): [string, unknown][] => {
      if (name !== first) return [[name, old]];
      if (rest.length > 0) return [[name, withField(old as object, rest.join('.'), field)]];
      return field === undefined ? [] : [[name, field]];
    }),
  );
}

/** Expects that the schema complains about just this field when it holds any of these values. */
export function expectRefused(
  schema: Joi.Schema,
  good: object,
  path: string,
  wrong: readonly unknown[],
): void {
  for (const field of wrong) {
    const found = complaints(schema, withField(good, path, field)).map((where) =>
      where.startsWith(`${path}.`) ? path : where,
    );
    expect({ path, field, found: [...new Set(found)] }).toStrictEqual({ path, field, found: [path] });
  }
}
