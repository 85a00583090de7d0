export { advanceAlerts, type AlertEvent } from './advance.ts';
export { MAX_ALERTS } from './room.ts';
export { summarise } from './summary.ts';
export { AlertsViewer } from './view.ts';
