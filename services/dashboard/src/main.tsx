import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { createDashboard } from './dashboard.ts';
import { BrowserAlertSink } from './data/alert-sink.ts';
import { showBadge } from './data/app-badge.ts';
import { Preferences } from './data/storage.ts';
import { loadPlot } from './ui/plot.ts';
import { runFleetWorker } from './worker/run.ts';
import { WorkerLink } from './worker/worker-link.ts';
import { workerUrl } from 'virtual:worker-url';
import './styles/index.css';

const dashboard = createDashboard({
  // The page may be served below a path of a proxy.
  url: new URL('.', location.href).href,
  startWorker: (take) => {
    const link = new WorkerLink(take, {
      startWorker: () => new Worker(workerUrl, { type: 'module' }),
      runHere: runFleetWorker,
    });
    return (message) => {
      link.send(message);
    };
  },
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  location,
  history,
  onPopState: (listener) => {
    addEventListener('popstate', listener);
  },
  preferences: new Preferences(() => localStorage),
  tabMemory: new Preferences(() => sessionStorage),
  languages: navigator.languages,
  now: Date.now,
  monotonicMs: () => performance.now(),
  fetch: (...request) => fetch(...request),
  alertSink: new BrowserAlertSink(),
  showBadge,
  reload: () => {
    location.reload();
  },
  onWake: (run) => {
    addEventListener('online', run);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') run();
    });
  },
});

// Nobody follows what becomes of it once the page is left.
addEventListener('pagehide', () => {
  showBadge(0);
});

const root = document.getElementById('app');
// Its texts come while the worker starts.
void dashboard.isReady.then(() => {
  if (root !== null) render(<App dashboard={dashboard} />, root);
});

// Not before the first rows, which don't need it; but soon, since an upgrade of the monitor takes its file away.
effect(() => {
  if (dashboard.shown.isSettled.value) loadPlot().catch(() => undefined);
});
