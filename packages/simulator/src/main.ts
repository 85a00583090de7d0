import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('simulator', () => import('./run.ts'), process);
