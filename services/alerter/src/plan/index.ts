export { TargetAudience } from './audience.ts';
export { applyCommands, type CommandEffect, endSilences } from './commands.ts';
export { planMessages } from './plan-messages.ts';
export { takeResults } from './take-results.ts';
export { firingFor, reconcileTargets, targetStatus } from './targets.ts';
