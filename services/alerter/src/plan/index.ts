export { TargetAudience } from './audience.ts';
export { applyCommands, type CommandEffect, endSilences } from './commands.ts';
export { dueIn } from './due.ts';
export { planMessages } from './plan-messages.ts';
export { takeResults } from './take-results.ts';
export { reconcileTargets, targetStatus } from './targets.ts';
export { firingFor, noteTold } from './told-labels.ts';
