/** The server that is asked, as far as what is said of its failures depends on it. */
export interface AskedServer {
  /** Base address, without user and password. */
  readonly url: string;
  /** How it is told who asks. */
  readonly credentials: 'none' | 'login' | 'token';
  /** Whether this process runs in a container, where localhost is the container itself. */
  readonly inContainer: boolean;
}

/** What MediaMTX does on its ports, unless they are set otherwise. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['1935', 'RTMP'],
  ['1936', 'RTMPS'],
  ['8322', 'RTSPS'],
  ['8554', 'RTSP'],
  ['8888', 'HLS'],
  ['8889', 'WebRTC'],
  ['9996', 'playback'],
  ['9998', 'metrics'],
  ['9999', 'pprof'],
]);
const API_PORT = '9997';

/** What MediaMTX does on the port of this address, unless set otherwise; '' where that isn't known. */
export function serviceOfPort(url: string): string {
  return SERVICES.get(new URL(url).port) ?? '';
}

/** The same host with the port that MediaMTX's API has unless set otherwise. */
export function apiUrlOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}:${API_PORT}`;
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

/** The address that reaches the host of a container, where this one reaches the container itself; else `null`. */
export function hostSeenFromContainer({ url, inContainer }: AskedServer): string | null {
  const { hostname, protocol, port, pathname } = new URL(url);
  if (!inContainer || !isLoopback(hostname)) return null;
  const authority = port === '' ? HOST_OF_CONTAINER : `${HOST_OF_CONTAINER}:${port}`;
  return `${protocol}//${authority}${pathname === '/' ? '' : pathname}`;
}

/** Whether it is asked by the name that a container's host has to be given. */
export function isHostOfContainer({ url }: AskedServer): boolean {
  return new URL(url).hostname === HOST_OF_CONTAINER;
}

/** What to do when the connection is refused: MediaMTX is off, or somewhere else. */
export function adviceOnRefusedConnection(server: AskedServer): string {
  const { hostname, protocol, port } = new URL(server.url);
  const better = hostSeenFromContainer(server);
  if (better !== null) {
    return (
      `inside a container ${hostname} is the container itself, unless it shares its host's network; ` +
      `set MEDIAMTX_API_URL=${better} to reach the host ` +
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
export function adviceOnUnknownHost(server: AskedServer): string {
  if (!isHostOfContainer(server)) return 'Check MEDIAMTX_API_URL.';
  return `Give the container's host that name: extra_hosts: ["${HOST_OF_CONTAINER}:host-gateway"] in compose.yaml.`;
}

/** How to find out what a certificate's fingerprint is; the line behind is a command. */
export const adviceOnUnknownCertificate =
  "On MediaMTX's machine, this prints it of the file that apiServerCert names:\n" +
  'openssl x509 -noout -fingerprint -sha256 -in server.crt';

/** What to do when MediaMTX refuses access, by its own users (authInternalUsers) or for a token. */
export function adviceOnRefusedAccess({ credentials }: AskedServer): string {
  if (credentials === 'token') {
    return (
      "it doesn't take this token, which may have expired, or lack the right to use the API. Renew MEDIAMTX_API_TOKEN " +
      '(the file that MEDIAMTX_API_TOKEN_FILE names is read again when it changes). With authMethod: jwt the token ' +
      'needs this claim:\n' +
      '"mediamtx_permissions": [{"action": "api"}]'
    );
  }
  const why =
    credentials === 'login'
      ? "it doesn't know this user and password, or that user may not use the API. Check MEDIAMTX_API_USER and " +
        'MEDIAMTX_API_PASSWORD. An entry for MEDIAMTX_API_USER=monitor'
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
