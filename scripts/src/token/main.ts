import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('token', () => import('./run.ts'), process);
