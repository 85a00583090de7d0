import type Joi from 'joi';

/** An object of a document: what its members are is said by the specification it follows. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What `describe()` of joi tells in its untyped parts. */
interface JoiDescription {
  readonly flags?: { readonly unit?: string };
  readonly keys?: Readonly<Record<string, JoiDescription>>;
  readonly items?: readonly JoiDescription[];
  readonly matches?: readonly { readonly schema?: JoiDescription }[];
  readonly patterns?: readonly { readonly rule: JoiDescription }[];
}

/** The members of a JSON Schema that are looked at here. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

export interface JsonSchemaOptions {
  /** `false`: members that nobody knows are allowed everywhere, since newer versions may send some. */
  readonly closed?: boolean;
}

/**
 * JSON Schema (2020-12) of a joi schema, by joi's own conversion; what that leaves out is put in: units, `null`
 * among the values of an enumeration. Rules made with `custom()` can't be described.
 */
export function jsonSchemaOf(schema: Joi.Schema, { closed = false }: JsonSchemaOptions = {}): JsonObject {
  const json: JsonSchema = schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  return { ...completed(json, schema.describe(), closed) };
}

/** Walks both trees at the same time: one has the schema's form, the other knows more of it. */
function completed(json: JsonSchema, described: JoiDescription | undefined, closed: boolean): JsonSchema {
  const { properties, patternProperties, additionalProperties, items, anyOf, ...rest } = json;
  const below = (part: JsonSchema, itsDescription: JoiDescription | undefined): JsonSchema =>
    completed(part, itsDescription, closed);
  const values = patternProperties?.['.*'];
  const isClosed = closed && additionalProperties === false;
  return {
    ...withNull(rest),
    ...withUnit(rest, described?.flags?.unit),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          below(property, described?.keys?.[name]),
        ]),
      ),
    }),
    ...(values && { additionalProperties: below(values, described?.patterns?.[0]?.rule) }),
    ...(isClosed && { additionalProperties }),
    ...(items && { items: below(items, described?.items?.[0]) }),
    ...(anyOf && { anyOf: anyOf.map((match, index) => below(match, described?.matches?.[index]?.schema)) }),
  };
}

function withNull(json: JsonSchema): JsonSchema {
  const { type, enum: values } = json;
  if (values === undefined || !Array.isArray(type) || !type.includes('null')) return json;
  return { ...json, enum: [...values, null] };
}

function withUnit({ description }: JsonSchema, unit: string | undefined): JsonSchema {
  if (unit === undefined) return {};
  return { description: `${description === undefined ? '' : `${description}. `}Unit: ${unit}.` };
}
