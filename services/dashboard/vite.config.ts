import preact from '@preact/preset-vite';
import { scriptBudget } from './script-budget.ts';
import { defaultClientConditions, defineConfig } from 'vite';
import { workerEntry } from './worker-entry.ts';

/** Where `vite dev` finds the API: its pages are served by Vite then, its data by the API. */
const API = process.env['DASHBOARD_API'] ?? 'http://127.0.0.1:8000';

// eslint-disable-next-line no-restricted-syntax -- Vite wants it so.
export default defineConfig({
  // The page may be served below a path of a proxy, so all its addresses are relative.
  base: './',
  plugins: [preact({ devToolsEnabled: false }), workerEntry('src/worker/worker.ts'), scriptBudget()],
  resolve: { conditions: ['mediamtx-monitor-source', ...defaultClientConditions] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { '/api': API, '/ws': { target: API, ws: true } } },
});
