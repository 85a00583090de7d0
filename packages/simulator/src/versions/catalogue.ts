import type { Version } from './version.ts';
import { V1_13 } from './v1-13.ts';
import { V1_17 } from './v1-17.ts';
import { V1_2 } from './v1-2.ts';
import { V1_20 } from './v1-20.ts';
import { V1_21 } from './v1-21.ts';
import { V1_9 } from './v1-9.ts';

/** The MediaMTX versions that can be simulated. */
export type VersionName = '1.21' | '1.20' | '1.17' | '1.13' | '1.9' | '1.2';

/** How each of them answers. */
export const VERSIONS: Readonly<Record<VersionName, Version>> = {
  '1.21': V1_21,
  '1.20': V1_20,
  '1.17': V1_17,
  '1.13': V1_13,
  '1.9': V1_9,
  '1.2': V1_2,
};
