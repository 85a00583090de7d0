import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { Compose } from './compose.ts';

/** The stack under test, and where it is reached. */
export interface ComposePlace {
  readonly compose: Compose;
  /** Name of the project, which the names of all its parts begin with. */
  readonly project: string;
  /** Address of the proxy. */
  readonly url: string;
  /** The newest streams, from the proxy. @throws when it doesn't answer so */
  readonly streams: () => Promise<readonly StreamRecord[]>;
}

/** What `docker` needs of the environment; no setting is taken from it. */
const TAKEN = ['PATH', 'HOME', 'DOCKER_HOST', 'DOCKER_CONFIG', 'IMAGE_TAG'];

/** Time that an answer may take. */
const PATIENCE_MS = 5_000;

/** A project of its own, which a running one doesn't notice; nothing of a file .env counts. */
export async function createPlace(settings: Readonly<Record<string, string>> = {}): Promise<ComposePlace> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const project = `mediamtx-monitor-test-${port}`;
  const compose = new Compose({
    ...Object.fromEntries(TAKEN.map((name) => [name, process.env[name]])),
    COMPOSE_DISABLE_ENV_FILE: '1',
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_PROFILES: 'demo',
    PUBLISH_PORT: String(port),
    DEMO_HLS_PORT: String(await freePort()),
    MEDIAMTX_API_URL: 'http://mediamtx:9997',
    // Whoever asks every 50 ms isn't a stranger here.
    MAX_REQUESTS_PER_MINUTE: '100000',
    ...settings,
  });
  const streams = async (): Promise<readonly StreamRecord[]> => {
    // A connection made while the port is just being published may never be answered.
    const response = await fetch(`${url}/api/streams/latest`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const body = await response.json();
    if (!response.ok || !Array.isArray(body)) throw new Error(`no streams yet: ${JSON.stringify(body)}`);
    return body as StreamRecord[];
  };
  return { compose, project, url, streams };
}

/** A folder of this test's own for SECRETS_DIR, with the folders that belong into it. */
export function createSecrets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'compose-secrets-'));
  for (const name of ['alerter', 'api', 'collector', 'prometheus', 'proxy']) mkdirSync(join(folder, name));
  return folder;
}

/** Another compose file on top of compose.yaml; its path. */
export function composeFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'compose-file-')), 'compose.yaml');
  writeFileSync(path, text);
  return path;
}
