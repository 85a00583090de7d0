import { readFileSync } from 'node:fs';
import Joi from 'joi';

const schema = Joi.object<{ version: string }>({ version: Joi.string().required() }).unknown();

/**
 * Version of the package that a module is of.
 * @param moduleUrl `import.meta.url` of a module at the top of the package's `src` or `dist`
 */
export function packageVersion(moduleUrl: string): string {
  const text = readFileSync(new URL('../package.json', moduleUrl), 'utf8');
  return Joi.attempt(JSON.parse(text), schema).version;
}
