import { expect, test } from '@jest/globals';
import Joi from 'joi';
import * as schemas from '../../src/schemas/index.ts';

/** Paths of the objects below a part of a description that refuse a member they don't name. */
function closedIn(part: unknown, path: string): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { type, keys, flags } = part as Partial<Joi.Description>;
  const { unknown = false } = (flags ?? {}) as { unknown?: boolean };
  return [
    ...(type === 'object' && keys !== undefined && !unknown ? [path] : []),
    ...Object.entries(part).flatMap(([name, inner]) =>
      // A condition only adds to the object that it stands in.
      name === 'whens' ? [] : closedIn(inner, `${path}.${name}`),
    ),
  ];
}

test('whatever is received may have members that a newer sender adds, at every depth', () => {
  const closed = Object.entries<Joi.Schema>(schemas).flatMap(([name, schema]) =>
    closedIn(schema.describe(), name),
  );
  // The API answers what a client sends: a member that it doesn't know is a mistake there.
  expect(closed).toStrictEqual([
    'acknowledgeRequestSchema',
    'silenceRequestSchema',
    'subscribeMessageSchema',
  ]);
});

test('the walk reaches items, alternatives and members of members', () => {
  const closed = Joi.object({ a: Joi.number() });
  const schema = Joi.object({ one: Joi.array().items(Joi.alternatives().try(closed, Joi.string())) });
  expect(closedIn(schema.unknown(true).describe(), 'x')).toStrictEqual([
    'x.keys.one.items.0.matches.0.schema',
  ]);
});
