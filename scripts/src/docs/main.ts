import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deployableServices } from '../deployable-services.ts';
import { DOCUMENTS } from './documents.ts';

/** Writes anew what is made of the settings that the services declare, and says what that changed. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const services = deployableServices(root);
for (const [path, make] of DOCUMENTS) {
  const before = readFileSync(`${root}${path}`, 'utf8');
  const after = make(before, services);
  if (after !== before) writeFileSync(`${root}${path}`, after);
  process.stdout.write(`${path}: ${after === before ? 'as it was' : 'written'}\n`);
}
