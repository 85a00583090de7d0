import type { SourceErrorCode, SourceErrorValues } from '@mediamtx-monitor/types';
import type { ListFailure } from '../protocols/index.ts';
import {
  adviceOnRefusedAccess,
  adviceOnRefusedConnection,
  adviceOnUnknownHost,
  adviceOnUnknownCertificate,
  apiUrlOf,
  type AskedServer,
  hostSeenFromContainer,
  isHostOfContainer,
  serviceOfPort,
} from './advice.ts';
import type { OverBudgetError } from './budget.ts';
import type { InvalidAnswerError } from './invalid-answer.ts';
import type { ApiAnswer } from './request.ts';

const MAX_QUOTED = 160;

const quoted = (text: string): string => text.slice(0, MAX_QUOTED);

/** A failure, with its code and what its sentence is told with. */
export function failed<Code extends SourceErrorCode>(
  status: ListFailure['status'],
  code: Code,
  values: SourceErrorValues<Code>,
  error: string,
): ListFailure {
  return { kind: 'failed', status, error, sourceError: { code, values } };
}

const REFUSED_ACCESS = {
  none: 'access-refused',
  login: 'login-refused',
  token: 'token-refused',
} as const satisfies Record<AskedServer['credentials'], SourceErrorCode>;

/** What Node calls a certificate that no known authority stands for. */
const UNKNOWN_CERTIFICATE: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);
/** What OpenSSL says of an answer that isn't TLS; Node's code for it differs from version to version. */
const NOT_TLS = /wrong version number|packet length too long|http request|unexpected message/i;

/** The failure of a connection that could not be made or was cut, from the system's error code. */
export function connectionFailure(server: AskedServer, code: string, message: string): ListFailure {
  const { url } = server;
  switch (code) {
    case 'ECONNREFUSED': {
      const better = hostSeenFromContainer(server);
      const error = `MediaMTX refused the connection at ${url}: ${adviceOnRefusedConnection(server)}`;
      if (better === null) return failed('down', 'connection-refused', { url }, error);
      const values = { url, host: new URL(url).hostname, better };
      return failed('down', 'connection-refused-in-container', values, error);
    }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failed(
        'down',
        isHostOfContainer(server) ? 'unknown-host-of-container' : 'unknown-host',
        { url, systemCode: code },
        `The host of ${url} can't be found (${code}). ${adviceOnUnknownHost(server)}`,
      );
    case 'ECONNRESET':
    case 'EPIPE':
      if (serviceOfPort(url) !== '') return otherPortFailure(url);
      return failed(
        'down',
        'connection-cut',
        { url },
        `MediaMTX at ${url} cut the connection. If that goes on, check MEDIAMTX_API_URL: this may be another port than ` +
          "that of MediaMTX's API, or one that wants https://.",
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return failed(
        'down',
        'host-unreachable',
        { url, systemCode: code },
        `The host of ${url} can't be reached (${code}). Check network and MEDIAMTX_API_URL.`,
      );
    default:
      return tlsFailure(server, code, message) ?? requestFailure(url, code, message);
  }
}

/** What TLS is not content with; `null` for anything else. */
function tlsFailure({ url }: AskedServer, code: string, message: string): ListFailure | null {
  if (
    url.startsWith('https:') &&
    (code === 'EPROTO' || code.startsWith('ERR_SSL_')) &&
    NOT_TLS.test(message)
  ) {
    const rightUrl = url.replace(/^https:/, 'http:');
    return failed(
      'error',
      'plain-expected',
      { url, rightUrl },
      `${url} speaks plain HTTP, not TLS. Set MEDIAMTX_API_URL=${rightUrl}, or apiEncryption: yes in mediamtx.yml.`,
    );
  }
  if (code === 'fingerprint-differs') {
    return failed(
      'error',
      'fingerprint-differs',
      { url, fingerprint: message },
      `The certificate of ${url} isn't the one that MEDIAMTX_API_FINGERPRINT names: its SHA-256 is ${message}. If ` +
        `MediaMTX got a new certificate, set that; if not, somebody else answers in its place. ${adviceOnUnknownCertificate}`,
    );
  }
  if (UNKNOWN_CERTIFICATE.has(code)) {
    return failed(
      'error',
      'certificate-unknown',
      { url, systemCode: code },
      `No authority that is known here stands for the certificate of ${url} (${code}). Set MEDIAMTX_API_FINGERPRINT to ` +
        `its SHA-256, or MEDIAMTX_API_CA_FILE to a file with the certificate of its authority. ${adviceOnUnknownCertificate}`,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const { hostname: host } = new URL(url);
    return failed(
      'error',
      'certificate-name',
      { url, host },
      `The certificate of ${url} isn't for ${host}. Set MEDIAMTX_API_FINGERPRINT to its SHA-256 instead of ` +
        `MEDIAMTX_API_CA_FILE, or use a name in MEDIAMTX_API_URL that it is for. ${adviceOnUnknownCertificate}`,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return failed(
      'error',
      'certificate-expired',
      { url, systemCode: code },
      `The certificate of ${url} isn't valid now (${code}). Renew it, and check the clocks of both machines.`,
    );
  }
  return null;
}

function requestFailure(url: string, code: string, message: string): ListFailure {
  const detail = `${quoted(message)}${code === '' ? '' : ` (${code})`}`;
  return failed('error', 'request-failed', { url, detail }, `Asking ${url} failed: ${detail}.`);
}

/** The failure of a request that got no complete answer in time. */
export function timeoutFailure(url: string, timeoutMs: number): ListFailure {
  const error = `MediaMTX at ${url} did not answer within ${timeoutMs} ms.`;
  return failed('timeout', 'timeout', { url, timeoutMs: String(timeoutMs) }, error);
}

/** Whether an HTTP status says that the credentials don't do. */
export function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/** The failure of a refused request, with the lines that let it pass. */
export function unauthorizedFailure(server: AskedServer): ListFailure {
  return failed(
    'unauthorized',
    REFUSED_ACCESS[server.credentials],
    { url: server.url },
    `MediaMTX at ${server.url} refused access (401): ${adviceOnRefusedAccess(server)}`,
  );
}

/** The failure of any other HTTP status: most often the address isn't that of the API. */
export function statusFailure(
  url: string,
  list: string,
  answer: Pick<ApiAnswer, 'status' | 'hints'>,
): ListFailure {
  const { status, hints } = answer;
  const { pathname, origin } = new URL(url);
  const httpStatus = String(status);
  if (hints.wantsTls) {
    const rightUrl = url.replace(/^http:/, 'https:');
    return failed(
      'error',
      'tls-expected',
      { url, rightUrl },
      `${url} wants TLS. Set MEDIAMTX_API_URL=${rightUrl}.`,
    );
  }
  if (hints.isMediamtx && (hints.addsSlash || (status === 404 && pathname === '/')))
    return otherPortFailure(url, hints.addsSlash ? 'HLS/WebRTC' : '');
  if (hints.redirectedTo !== null) {
    const { redirectedTo: target } = hints;
    return failed(
      'error',
      'redirected',
      { url, target, httpStatus },
      `${url} sends whoever asks on to ${target} (HTTP ${status}): a login page or a proxy answers in place of ` +
        "MediaMTX's API. Set MEDIAMTX_API_URL to the API itself, or let the monitor past what is in front of it.",
    );
  }
  if (status === 404 && pathname !== '/') {
    return failed(
      'error',
      'wrong-path',
      { url, path: pathname, rightUrl: origin },
      `${url} answered HTTP 404 for ${list}: the path ${pathname} is most likely too much. Set MEDIAMTX_API_URL=${origin}.`,
    );
  }
  if (serviceOfPort(url) !== '' && (status === 400 || status === 404)) return otherPortFailure(url);
  if (status === 404) {
    return failed(
      'error',
      'not-found',
      { url, list },
      `${url} answered HTTP 404 for ${list}. That is no MediaMTX from 1.2.0 on; check MEDIAMTX_API_URL.`,
    );
  }
  const advice = status >= 400 && status < 500 ? ' Check MEDIAMTX_API_URL.' : '';
  const error = `${url} answered HTTP ${status} for ${list}.${advice}`;
  return failed('error', 'http-error', { url, list, httpStatus }, error);
}

/** The failure of a request to MediaMTX that went to another of its ports. */
function otherPortFailure(url: string, guess = ''): ListFailure {
  const port = serviceOfPort(url);
  const service = port === '' ? guess : port;
  const rightUrl = apiUrlOf(url);
  return failed(
    'error',
    'other-port',
    { url, service, rightUrl },
    `${url} is ${service === '' ? 'another port' : `the ${service} port`} of MediaMTX, not that of its API` +
      `${service === '' ? ', or a MediaMTX before 1.2.0' : ''}. Set MEDIAMTX_API_URL=${rightUrl} (apiAddress in ` +
      'mediamtx.yml says the port; 9997 unless set).',
  );
}

/** The failure of an answer that isn't what MediaMTX sends. */
export function invalidFailure(url: string, list: string, error: InvalidAnswerError): ListFailure {
  const { fault: cause, found, limit } = error;
  if (cause === 'web-page') {
    return failed(
      'invalid',
      'web-page',
      { url, list },
      `${url} sent a web page for ${list}: a login page or another program answers in place of MediaMTX's API. Check ` +
        'MEDIAMTX_API_URL (apiAddress in mediamtx.yml says the port; 9997 unless set).',
    );
  }
  const text = `${url} sent a wrong answer for ${list}: ${error.message}.`;
  return failed('invalid', 'invalid-answer', { url, list, cause, found, limit }, text);
}

/** The failure of all lists when their answers hold more than a tick may. */
export function overBudgetFailure(url: string, { message, kind, limit, list }: OverBudgetError): ListFailure {
  const text = `${url} sent more than is read at once: ${message}.`;
  return failed('invalid', 'too-much', { url, kind, limit, list }, text);
}
