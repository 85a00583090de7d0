import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('mediamtx-snapshot', () => import('./snapshot-run.ts'), process);
