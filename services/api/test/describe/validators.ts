import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonObject } from '../../src/describe/json-schema.ts';

/** What is wrong with a value; empty when nothing is. */
export type Validate = (value: unknown) => readonly string[];

/** Makes validators of JSON Schemas that stand in a document, with nothing to do with joi. */
export function createValidators(document: JsonObject): (pointer: string) => Validate {
  // Parts of a response's schema say nothing of the type that another part says.
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
  formats.default(ajv);
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, 'document');
  return (pointer) => {
    const validate = ajv.compile({ $ref: `document#${pointer}` });
    return (value) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}
