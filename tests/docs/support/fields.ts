import * as schemas from '@mediamtx-monitor/types/schemas';

/** What joi tells of a schema, as far as it matters here. */
interface Described {
  readonly type?: string;
  readonly flags?: { readonly description?: string; readonly unit?: string };
  readonly allow?: readonly unknown[];
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  /** The shapes of a value that may have several. */
  readonly matches?: readonly { readonly schema: Described }[];
}

/** A field of a record or message. */
export interface Field {
  /** Its name, after the names of the objects it is in: `source.status`. */
  readonly path: string;
  /** Name of the object it is in; '' at the top. */
  readonly parent: string;
  readonly name: string;
  readonly nullable: boolean;
  /** Two fields of the same path in different schemas are one when this is the same. */
  readonly meaning: string;
}

/** Those that stand in others, and are described there; those of history have a test of their own. */
const PARTS: readonly unknown[] = [
  ...[schemas.reasonSchema, schemas.serverReasonSchema, schemas.totalsSchema],
  ...[schemas.streamHistorySchema, schemas.serverHistorySchema, schemas.hostHistorySchema],
  ...[schemas.historyNumbersSchema, schemas.attentionSchema, schemas.availabilitySchema],
];

const described: readonly Described[] = Object.values(schemas)
  .filter((schema) => !PARTS.includes(schema))
  .map((schema): Described => schema.describe());
const ownSchemas: ReadonlySet<string> = new Set(described.map((schema) => JSON.stringify(schema)));

function fieldsIn(schema: Described, parent: string): Field[] {
  const shapes = (schema.matches ?? []).flatMap((match) => fieldsIn(match.schema, parent));
  const own = Object.entries(schema.keys ?? {}).flatMap(([name, member]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const { description, unit } = member.flags ?? {};
    const nullable = member.allow?.includes(null) ?? false;
    const meaning = JSON.stringify([member.type, nullable, unit, description]);
    const field = { path, parent, name, nullable, meaning };
    // Records that have a schema of their own are described by themselves, from the top.
    const items = (member.items ?? []).filter((item) => !ownSchemas.has(JSON.stringify(item)));
    return [field, ...[member, ...items].flatMap((inner) => fieldsIn(inner, path))];
  });
  return [...shapes, ...own];
}

/** Every field of every schema there is; one that several schemas share is there once. */
export const FIELDS: readonly Field[] = [
  ...new Map(
    described
      .flatMap((schema) => fieldsIn(schema, ''))
      .map((field) => [`${field.path} ${field.meaning}`, field]),
  ).values(),
];
