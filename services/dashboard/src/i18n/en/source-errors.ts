import type { AnswerCause, SourceErrorCode, SourceErrorValues, TooMuchKind } from '@mediamtx-monitor/types';

const sentences: { readonly [Code in SourceErrorCode]: (values: SourceErrorValues<Code>) => string } = {
  'connection-refused': (values) =>
    `MediaMTX refused the connection at ${values.url}: it isn’t running, or its API is off. Put these lines into mediamtx.yml, in place of those that begin alike, and restart it:`,
  'connection-refused-in-container': (values) =>
    `MediaMTX refused the connection at ${values.url}: inside a container ${values.host} is the container itself, unless it shares its host’s network. Set MEDIAMTX_API_URL=${values.better} to reach the host (extra_hosts: ["host.docker.internal:host-gateway"] in compose.yaml gives it that name).`,
  'connection-cut': (values) =>
    `MediaMTX at ${values.url} cut the connection. If that goes on, check MEDIAMTX_API_URL: this may be another port than that of MediaMTX’s API, or one that wants https://.`,
  'unknown-host': (values) =>
    `The host of ${values.url} can’t be found (${values.systemCode}). Check MEDIAMTX_API_URL.`,
  'unknown-host-of-container': (values) =>
    `The host of ${values.url} can’t be found (${values.systemCode}). Give the container’s host that name: extra_hosts: ["host.docker.internal:host-gateway"] in compose.yaml.`,
  'host-unreachable': (values) =>
    `The host of ${values.url} can’t be reached (${values.systemCode}). Check network and MEDIAMTX_API_URL.`,
  'request-failed': (values) => `Asking ${values.url} failed: ${values.detail}.`,
  timeout: (values) => `MediaMTX at ${values.url} did not answer within ${values.timeoutMs} ms.`,
  'access-refused': (values) =>
    `MediaMTX at ${values.url} refused access: by default it lets only its own machine ask. Set MEDIAMTX_API_USER=monitor and MEDIAMTX_API_PASSWORD=choose-a-password. The entry for them belongs below authInternalUsers in mediamtx.yml, indented as those that are there:`,
  'login-refused': (values) =>
    `MediaMTX at ${values.url} refused access: it doesn’t know this user and password, or that user may not use the API. Check MEDIAMTX_API_USER and MEDIAMTX_API_PASSWORD. An entry for MEDIAMTX_API_USER=monitor belongs below authInternalUsers in mediamtx.yml, indented as those that are there:`,
  'token-refused': (values) =>
    `MediaMTX at ${values.url} refused access: it doesn’t take this token, which may have expired, or lack the right to use the API. Renew MEDIAMTX_API_TOKEN (the file that MEDIAMTX_API_TOKEN_FILE names is read again when it changes). With authMethod: jwt the token needs this claim:`,
  'tls-expected': (values) => `${values.url} wants TLS. Set MEDIAMTX_API_URL=${values.rightUrl}.`,
  'plain-expected': (values) =>
    `${values.url} speaks plain HTTP, not TLS. Set MEDIAMTX_API_URL=${values.rightUrl}, or apiEncryption: yes in mediamtx.yml.`,
  'certificate-unknown': (values) =>
    `No authority that the collector knows stands for the certificate of ${values.url} (${values.systemCode}). Set MEDIAMTX_API_FINGERPRINT to its SHA-256, or MEDIAMTX_API_CA_FILE to a file with the certificate of its authority. On MediaMTX’s machine, this prints the fingerprint of the file that apiServerCert names:`,
  'certificate-name': (values) =>
    `The certificate of ${values.url} isn’t for ${values.host}. Set MEDIAMTX_API_FINGERPRINT to its SHA-256 instead of MEDIAMTX_API_CA_FILE, or use a name in MEDIAMTX_API_URL that it is for. On MediaMTX’s machine, this prints the fingerprint of the file that apiServerCert names:`,
  'certificate-expired': (values) =>
    `The certificate of ${values.url} isn’t valid now (${values.systemCode}). Renew it, and check the clocks of both machines.`,
  'fingerprint-differs': (values) =>
    `The certificate of ${values.url} isn’t the one that MEDIAMTX_API_FINGERPRINT names: its SHA-256 is ${values.fingerprint}. If MediaMTX got a new certificate, set that; if not, somebody else answers in its place. On MediaMTX’s machine, this prints the fingerprint of the file that apiServerCert names:`,
  redirected: (values) =>
    `${values.url} sends whoever asks on to ${values.target} (HTTP ${values.httpStatus}): a login page or a proxy answers in place of MediaMTX’s API. Set MEDIAMTX_API_URL to the API itself, or let the monitor past what is in front of it.`,
  'other-port': (values) =>
    `${values.url} is ${values.service === '' ? 'another port' : `the ${values.service} port`} of MediaMTX, not that of its API${values.service === '' ? ', or a MediaMTX before 1.2.0' : ''}. Set MEDIAMTX_API_URL=${values.rightUrl} (apiAddress in mediamtx.yml says the port; 9997 unless set).`,
  'wrong-path': (values) =>
    `${values.url} doesn’t know MediaMTX’s API: the path ${values.path} is most likely too much. Set MEDIAMTX_API_URL=${values.rightUrl}.`,
  'web-page': (values) =>
    `${values.url} sent a web page for ${values.list}: a login page or another program answers in place of MediaMTX’s API. Check MEDIAMTX_API_URL (apiAddress in mediamtx.yml says the port; 9997 unless set).`,
  'not-found': (values) =>
    `${values.url} answered HTTP 404 for ${values.list}. That is no MediaMTX from 1.2.0 on; check MEDIAMTX_API_URL.`,
  'http-error': (values) =>
    `${values.url} answered HTTP ${values.httpStatus} for ${values.list}.${values.httpStatus.startsWith('4') ? ' Check MEDIAMTX_API_URL.' : ''}`,
  'list-hidden': (values) =>
    `${values.url} answered 404 for ${values.routes}, though its path list names such connections. Either something between here and MediaMTX keeps them back, or this MediaMTX has another name for them.`,
  'invalid-answer': (values) => `${values.url} sent a wrong answer for ${values.list}: ${values.cause}.`,
  'invalid-item': (values) =>
    `MediaMTX sent a wrong answer for ${values.list}: entry ${values.item} has no name of its own.`,
  'too-much': (values) =>
    `${values.url} sent more than is read at once: ${values.kind} in all lists together${values.list === '' ? '' : `, most of them in ${values.list}`}.`,
};

const answerCauses: Readonly<Record<AnswerCause, (found: string, limit: string) => string>> = {
  'not-json': () => 'it isn’t JSON',
  'not-object': () => 'it isn’t a JSON object',
  'no-body': () => 'it has no body',
  'no-items': () => 'it has no items',
  'no-counts': () => 'it has no item and page count',
  'cut-short': () => 'it ended before it was complete',
  compressed: (found) =>
    `it is compressed${found === '' ? '' : ` (${found})`} though that wasn’t asked for; is there a proxy that does so?`,
  'body-too-long': (_found, limit) => `it has over ${limit} bytes`,
  'head-too-long': (_found, limit) => `it has over ${limit} bytes beside its items`,
  'record-too-long': (_found, limit) => `it has a record of over ${limit} bytes`,
  'too-deep': (_found, limit) => `it is over ${limit} levels deep`,
  'too-many-pages': (found, limit) => `it has ${found} pages, over ${limit}`,
  'too-few-items': (found, limit) => `${found} items where ${limit} were promised`,
};

const tooMuch: Readonly<Record<TooMuchKind, (limit: string) => string>> = {
  bytes: (limit) => `over ${limit}`,
  values: (limit) => `over ${limit} values`,
  records: (limit) => `over ${limit} records`,
};

/** What keeps a server from being read, in English. Words of `answerCauses` and `tooMuch` stand in the sentences. */
export const enSourceErrors = { sourceErrors: sentences, answerCauses, tooMuch } as const;
