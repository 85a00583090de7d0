export { advanceAlerts, type AdvancedAlerts, type AlertEvent } from './advance.ts';
export type { AlertRules } from './next-alert.ts';
export { MAX_ALERTS } from './room.ts';
export { type AlertsSummary, summarise } from './summary.ts';
export { AlertsViewer } from './view.ts';
