import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('start', () => import('./run.ts'), process);
