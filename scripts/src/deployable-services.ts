import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the services that are built, released and run, as services/deployable.txt lists them. */
export function deployableServices(root: string): readonly string[] {
  return readFileSync(join(root, 'services/deployable.txt'), 'utf8').trim().split('\n');
}
