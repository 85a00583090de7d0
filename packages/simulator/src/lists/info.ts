import type { World } from '../world/model.ts';

/** `/v3/info` as of 1.20.1. */
export function writeInfo({ started }: World): string {
  return `{"version":"v1.20.1","started":"${started}"}`;
}
