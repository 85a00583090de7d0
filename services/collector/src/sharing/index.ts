export { fingerprintOf } from './announcement.ts';
export type { FirstPoll, SharedServer } from './decide.ts';
export type { SharingHealth } from './fleet-view.ts';
export { RollCall } from './roll-call.ts';
export { Sharing } from './sharing.ts';
export type { Tenure } from './tenure.ts';
