/** MONITOR_CONFIG: one file, of which each service reads what is for it. */
export { duration } from './duration.ts';
export { HOURS_MEMBERS, hoursOf, timeZoneSchema, withHours, type WrittenHours } from './hours.ts';
export { listedServers } from './listed-servers.ts';
export { settingMember } from './setting-member.ts';
export { monitorFileText, orStop, parseMembers, readLikeWatch, readMembers } from './monitor-file.ts';
