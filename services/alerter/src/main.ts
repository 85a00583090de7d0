import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('alerter', () => import('./run.ts'), process);
