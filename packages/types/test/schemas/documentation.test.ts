import { describe, expect, test } from '@jest/globals';
import Joi from 'joi';
import * as schemas from '../../src/schemas/index.ts';

interface SchemaField {
  readonly path: string;
  readonly description: Joi.Description;
}

/** What `describe()` tells in its untyped parts. */
interface UntypedDescription {
  readonly flags?: { readonly description?: string; readonly unit?: string };
  readonly keys?: Readonly<Record<string, Joi.Description>>;
  readonly items?: readonly Joi.Description[];
  readonly rules?: readonly { readonly name: string }[];
}

/** A schema and all fields below it; an item of an array counts only for the fields it has. */
function fieldsOf(path: string, description: Joi.Description): SchemaField[] {
  const { keys = {}, items = [] }: UntypedDescription = description;
  return [
    { path, description },
    ...Object.entries(keys).flatMap(([name, field]) => fieldsOf(`${path}.${name}`, field)),
    ...items.flatMap((item) => fieldsOf(`${path}[]`, item).filter(({ path: at }) => at !== `${path}[]`)),
  ];
}

const untyped = ({ description }: SchemaField): UntypedDescription => description;
const isQuantity = (field: SchemaField): boolean =>
  field.description.type === 'number' ||
  field.description.type === 'date' ||
  (untyped(field).rules ?? []).some(({ name }) => name === 'isoDate');

const all = Object.entries(schemas).flatMap(([name, schema]) => fieldsOf(name, schema.describe()));

describe('every schema documents itself', () => {
  test('the walk reaches nested fields and those of array items', () => {
    const paths = all.map(({ path }) => path);
    expect(paths).toContain('streamsHeadSchema.totals.readers');
    expect(paths).toContain('streamsMessageSchema.streams[].linkCapacityMbps');
    expect(paths).toContain('serverStatusSchema.source.error');
  });

  test('the walk would notice what is missing', () => {
    const bare = fieldsOf('x', Joi.object({ at: Joi.string().isoDate(), n: Joi.number() }).describe());
    expect(bare.filter(isQuantity).map(({ path }) => path)).toStrictEqual(['x.at', 'x.n']);
    expect(bare.filter((field) => untyped(field).flags?.description !== undefined)).toStrictEqual([]);
  });

  test('each field has a description', () => {
    const silent = all.filter((field) => (untyped(field).flags?.description ?? '').length < 5);
    expect(silent.map(({ path }) => path)).toStrictEqual([]);
  });

  test('each number and each time has a unit', () => {
    const unitless = all.filter((field) => isQuantity(field) && (untyped(field).flags?.unit ?? '') === '');
    expect(unitless.map(({ path }) => path)).toStrictEqual([]);
    expect(all.filter(isQuantity).length).toBeGreaterThan(20);
  });

  test('a field whose name carries a unit is told in that unit', () => {
    const milliseconds = all
      .filter(({ path }) => path.endsWith('Ms') || path.endsWith('.rtt'))
      .filter((field) => untyped(field).type === 'number');
    expect(milliseconds.length).toBeGreaterThan(3);
    expect([...new Set(milliseconds.map((field) => untyped(field).flags?.unit))]).toStrictEqual(['ms']);
  });
});
