import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('api', () => import('./run.ts'), process);
