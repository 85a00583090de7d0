export { Audience } from './audience.ts';
export { applyCommands, type CommandEffect, type CommandsDone, endSilences } from './commands.ts';
export { planMessages, type PlanContext } from './plan-messages.ts';
export { type StateWithEnded, takeResults } from './take-results.ts';
export { firingFor, reconcileTargets, targetStatus } from './targets.ts';
