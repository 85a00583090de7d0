import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  type FakeClock,
  type LogRecorder,
} from '@mediamtx-monitor/testkit';
import { Access, type AccessSettings } from '../../src/access/index.ts';
import { loadConfig } from '../../src/config.ts';
import { RefusedError } from '../../src/http/refusal.ts';
import { ROUTES } from '../../src/routes/index.ts';

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Has something done at the end of the test. */
export function atEnd(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

/** Path of a name in a folder of the test's own. */
export function tempPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'access-test-'));
  atEnd(() => {
    rmSync(folder, { recursive: true });
  });
  return join(folder, name);
}

/** The line that stands for a token. */
export function lineOf(name: string, token: string): string {
  return `${name}:${createHash('sha256').update(token).digest('hex')}`;
}

/** Path of a new file with a key for tickets. */
export function keyFile(): string {
  const path = tempPath('ticket-key');
  writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return path;
}

export const DEFAULTS: AccessSettings = loadConfig({}).values;

export interface AccessBench {
  readonly access: Access;
  readonly clock: FakeClock;
  readonly log: LogRecorder;
}

/** How often the tokens file is looked at in tests, in ms. */
export const CHECK_MS = 10;

/** Files of the dashboard in tests. */
const FILE_PATHS: ReadonlySet<string> = new Set(['/', '/assets/index-12345678.js']);

/** What is open to everyone in tests: of the API, and these files. */
export const OPEN_PATHS: readonly string[] = [
  ...ROUTES.flatMap(({ path, open }) => (open === true ? [path] : [])),
  ...FILE_PATHS,
];

/** Access that was started; with a key for tickets, unless told otherwise. */
export function startAccess(settings: Partial<AccessSettings> = {}, clock = createFakeClock()): AccessBench {
  const log = createLogRecorder();
  const config = { ...DEFAULTS, API_TICKET_KEY_FILE: keyFile(), ...settings };
  const paths = { openPaths: OPEN_PATHS, filePaths: FILE_PATHS };
  const access = new Access({ config, logger: log.logger, clock, ...paths, checkMs: CHECK_MS });
  access.start();
  atEnd(() => {
    access.stop();
  });
  return { access, clock, log };
}

/** A server that answers what the gate lets in with the caller, and its address. */
export async function startGate(
  settings: Partial<AccessSettings> = {},
): Promise<AccessBench & { url: string }> {
  const bench = startAccess(settings);
  const { access } = bench;
  const server = createServer((request, response) => {
    if (!access.gate(request, response)) return;
    try {
      const isTicket = request.url === '/api/tickets';
      response.end(JSON.stringify(isTicket ? access.issueTicket(request) : access.callerOf(request)));
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof RefusedError ? error.refusal.code : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return { ...bench, url: `http://127.0.0.1:${port}` };
}

export interface RequestParts {
  readonly method?: string;
  readonly url?: string;
  readonly peer?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A request as it would come from anywhere: sockets of a test only come from loopback. */
export function requestFrom({
  method = 'GET',
  url = '/api/servers',
  peer,
  headers = {},
}: RequestParts): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  Object.assign(request, { method, url });
  Object.assign(request.headers, headers);
  return request;
}
