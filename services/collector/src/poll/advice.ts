/** The server that is asked, as far as the words about its failures depend on it. */
export interface AskedServer {
  /** Base address, without user and password. */
  readonly url: string;
  readonly hasCredentials: boolean;
  /** Whether this process runs in a container, where localhost is the container itself. */
  readonly inContainer: boolean;
}

/** The name by which a container finds its host. */
const HOST_OF_CONTAINER = 'host.docker.internal';
const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http:', '80'],
  ['https:', '443'],
]);

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** What to do when the connection is refused: MediaMTX is off, or somewhere else. */
export function adviceOnRefusedConnection({ url, inContainer }: AskedServer): string {
  const { hostname, protocol, port, pathname } = new URL(url);
  if (inContainer && isLoopback(hostname)) {
    const authority = port === '' ? HOST_OF_CONTAINER : `${HOST_OF_CONTAINER}:${port}`;
    const path = pathname === '/' ? '' : pathname;
    return (
      `inside a container ${hostname} is the container itself, unless it shares its host's network; ` +
      `set MEDIAMTX_API_URL=${protocol}//${authority}${path} to reach the host ` +
      `(extra_hosts: ["${HOST_OF_CONTAINER}:host-gateway"] in compose.yaml gives it that name).`
    );
  }
  return (
    "it isn't running, or its API is off. Put these lines into mediamtx.yml, in place of those that begin " +
    'alike, and restart it:\n' +
    'api: yes\n' +
    `apiAddress: :${port === '' ? (DEFAULT_PORTS.get(protocol) ?? '') : port}`
  );
}

/** What to do when the host isn't known by its name. */
export function adviceOnUnknownHost({ url }: AskedServer): string {
  if (new URL(url).hostname !== HOST_OF_CONTAINER) return 'Check MEDIAMTX_API_URL.';
  return `Give the container's host that name: extra_hosts: ["${HOST_OF_CONTAINER}:host-gateway"] in compose.yaml.`;
}

/** What to do when MediaMTX refuses access, by its own users (authInternalUsers). */
export function adviceOnRefusedAccess({ hasCredentials }: AskedServer): string {
  const why = hasCredentials
    ? "it doesn't know these credentials, or that user may not use the API. Check MEDIAMTX_API_USER and " +
      'MEDIAMTX_API_PASSWORD (or MEDIAMTX_API_TOKEN). An entry for MEDIAMTX_API_USER=monitor'
    : 'by default it lets only its own machine ask. Set MEDIAMTX_API_USER=monitor and ' +
      'MEDIAMTX_API_PASSWORD=choose-a-password. The entry for them';
  return (
    `${why} belongs below authInternalUsers in mediamtx.yml, indented as those that are there ` +
    '(where there is no such list, take the one in docs/operations.md):\n' +
    '  - user: monitor\n' +
    '    pass: choose-a-password\n' +
    '    permissions:\n' +
    '      - action: api'
  );
}
