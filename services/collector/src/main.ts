import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('collector', () => import('./run.ts'), process);
