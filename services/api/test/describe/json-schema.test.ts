import { describe, expect, test } from '@jest/globals';
import Joi from 'joi';
import { jsonSchemaOf } from '../../src/describe/json-schema.ts';

describe('jsonSchemaOf puts in what joi leaves out', () => {
  test('null among the words of an enumeration', () => {
    expect(jsonSchemaOf(Joi.string().valid('a', 'b', null))).toStrictEqual({
      type: ['string', 'null'],
      enum: ['a', 'b', null],
    });
    expect(jsonSchemaOf(Joi.string().valid('a'))).toStrictEqual({ type: 'string', enum: ['a'] });
  });

  test('units, wherever the field stands', () => {
    const rtt = Joi.number().unit('ms').description('Round-trip time');
    const described = { type: 'number', description: 'Round-trip time. Unit: ms.' };
    expect(jsonSchemaOf(rtt)).toStrictEqual(described);
    expect(jsonSchemaOf(Joi.object({ link: Joi.object({ rtt }) }))).toMatchObject({
      properties: { link: { properties: { rtt: described } } },
    });
    expect(jsonSchemaOf(Joi.array().items(Joi.array().items(rtt)))).toMatchObject({
      items: { items: described },
    });
    expect(jsonSchemaOf(Joi.alternatives().try(Joi.string(), rtt))).toMatchObject({
      anyOf: [{ type: 'string' }, described],
    });
    expect(jsonSchemaOf(Joi.object().pattern(Joi.string(), rtt))).toMatchObject({
      additionalProperties: described,
    });
    expect(jsonSchemaOf(Joi.number().unit('B'))).toStrictEqual({ type: 'number', description: 'Unit: B.' });
  });
});

describe('members that nobody knows', () => {
  const schema = Joi.object({ inner: Joi.object({ a: Joi.string() }) });

  test('are allowed at every depth, since newer versions may send some', () => {
    expect(JSON.stringify(jsonSchemaOf(schema))).not.toContain('additionalProperties');
  });

  test('are refused where the schema does so and that is asked for', () => {
    expect(jsonSchemaOf(schema, { closed: true })).toMatchObject({
      additionalProperties: false,
      properties: { inner: { additionalProperties: false } },
    });
    expect(jsonSchemaOf(schema.unknown(true), { closed: true })).not.toHaveProperty('additionalProperties');
  });
});
