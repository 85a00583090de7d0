import { enter } from '@mediamtx-monitor/runtime/enter';

await enter('host-agent', () => import('./run.ts'), process);
