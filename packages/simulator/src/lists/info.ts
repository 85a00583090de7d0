import type { Version } from '../versions/version.ts';
import type { World } from '../world/model.ts';

/** `/v3/info`, in versions that have it. */
export function writeInfo({ started }: World, { release }: Version): string {
  return `{"version":"${release}","started":"${started}"}`;
}
