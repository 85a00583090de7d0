export { fingerprintOf } from './announcement.ts';
export type { FirstPoll } from './decide.ts';
export { RollCall } from './roll-call.ts';
export { type SharedServer, Sharing, type SharingHealth } from './sharing.ts';
export type { Tenure } from './tenure.ts';
