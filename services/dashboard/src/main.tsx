import { connectMonitor } from '@mediamtx-monitor/client';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { createDashboard } from './dashboard.ts';
import { BrowserAlertSink } from './data/alert-sink.ts';
import { Preferences } from './data/storage.ts';
import { type SocketEvent, workerSockets } from './data/worker-sockets.ts';
import { loadPlot } from './ui/chart.tsx';
import './styles/index.css';

/** In a tab that isn't looked at no frame comes; notifications still have to. */
const HIDDEN_MS = 250;

const webSocket = workerSockets((onEvent, onBroken) => {
  const worker = new Worker(new URL('./data/worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<SocketEvent>) => {
    onEvent(data);
  });
  worker.addEventListener('error', onBroken);
  return worker;
});

const dashboard = createDashboard({
  connect: (options) => connectMonitor({ ...options, webSocket }),
  // The page may be served below a path of a proxy.
  url: new URL('.', location.href).href,
  onNextFrame: (run) => {
    const once = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      run();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, HIDDEN_MS);
  },
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  everySecond: (run) => {
    const timer = setInterval(run, 1000);
    return () => {
      clearInterval(timer);
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
  reload: () => {
    location.reload();
  },
});

const root = document.getElementById('app');
if (root !== null) render(<App dashboard={dashboard} />, root);

// Not before the first rows, which don't need it; but soon, since an upgrade of the monitor takes its file away.
effect(() => {
  if (dashboard.feed.isSettled.value) loadPlot().catch(() => undefined);
});
