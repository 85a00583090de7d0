/** MONITOR_CONFIG: one file, of which each service reads what is for it. */
export { duration } from './duration.ts';
export { HOURS_MEMBERS, hoursOf, withHours, type WrittenHours } from './hours.ts';
export { monitorFileText, readMembers } from './monitor-file.ts';
