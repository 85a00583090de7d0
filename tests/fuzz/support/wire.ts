import type { Choices } from './random.ts';

const PATHS: readonly string[] = [
  '/healthz',
  '/api/streams/latest',
  '/api/snapshot',
  '/api/streams?search=a&sort=-readers',
  '/api/streams/cam%2F1',
  '/api/live',
  '/api/live?stream=*a*',
  '/api/events?since=x&limit=-1',
  '/api/sessions?state=open',
  '/api/streams/a/history?step=1&from=2026-01-01T00:00:00Z',
  '/api/servers/main/history?from=0&to=9999999999999999',
  '/api/reports/availability?from=2026-01-01T00:00:00Z&step=0',
  '/api/alerts?state=firing&stream=*',
  '/api/notifications?since=0-0',
  '/api/silences',
  '/api/silences/x',
  '/api/alerts/%00/ack',
  '/api/targets/x/test',
  '/api/notifications/1-0/replay',
  '/metrics',
  '/metrics/streams?server=main',
  '/api/openapi.json',
  '/ws',
  '/ws?topics=streams,connections,alerts&stream={a,b}*',
  '*',
  '//%2f',
  'http://localhost/healthz',
];
const HEADERS: readonly string[] = [
  'Connection: close',
  'Connection: keep-alive, Upgrade',
  'Upgrade: h2c',
  'Upgrade: websocket',
  'Expect: 100-continue',
  'Expect: anything',
  'Accept-Encoding: gzip',
  'If-None-Match: *',
  'Transfer-Encoding: chunked',
  'Content-Length: 5',
  'Content-Type: application/json',
  'Authorization: Bearer x',
  'Content-Length: 99999999999',
  'Origin: null',
  'Sec-Fetch-Site: cross-site',
  'X-Forwarded-For: unknown, 10.0.0.1',
  `X-Large: ${'x'.repeat(15_000)}`,
  `X-Larger: ${'x'.repeat(40_000)}`,
  'Host: elsewhere',
];
const METHODS: readonly string[] = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'BREW',
];

function request(choices: Choices): string {
  const headers = Array.from({ length: choices.below(4) }, () => choices.pick(HEADERS));
  const host = choices.chance(0.9) ? ['Host: localhost'] : [];
  const version = choices.chance(0.9) ? '1.1' : '1.0';
  return [
    `${choices.pick(METHODS)} ${choices.pick(PATHS)} HTTP/${version}`,
    ...host,
    ...headers,
    '',
    '',
  ].join('\r\n');
}

function upgrade(choices: Choices): string {
  if (choices.chance(0.3))
    return `GET ${choices.pick(PATHS)} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`;
  return [
    `GET /ws HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Version: ${choices.chance(0.9) ? 13 : 99}`,
    `Sec-WebSocket-Key: ${choices.chance(0.9) ? 'AAAAAAAAAAAAAAAAAAAAAA==' : 'x'}`,
    ...(choices.chance(0.5) ? ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'] : []),
    '',
    '',
  ].join('\r\n');
}

/** A frame of a WebSocket client; most are as they should be. */
function frame(choices: Choices): Buffer {
  const payload = choices.chance(0.7)
    ? Buffer.from(
        JSON.stringify({
          action: 'subscribe',
          stream: choices.pick(['*', '**/{a,b}', '', '*'.repeat(40), 'cam/?']),
        }),
      )
    : choices.bytes(choices.below(120));
  const first = choices.chance(0.8) ? 0x81 : choices.below(256);
  const mask = choices.bytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length]), mask, masked]);
}

/** What one connection sends, piece by piece. */
export function pieces(choices: Choices): Buffer[] {
  const parts: Buffer[] = [];
  const requests = choices.chance(0.1) ? 150 : choices.below(6);
  for (let count = 0; count < requests; count += 1) parts.push(Buffer.from(request(choices)));
  if (choices.chance(0.6)) {
    parts.push(Buffer.from(upgrade(choices)));
    for (let count = choices.below(8); count > 0; count -= 1) parts.push(frame(choices));
  }
  if (choices.chance(0.3)) parts.push(choices.bytes(1 + choices.below(2_000)));
  const all = Buffer.concat(parts);
  if (choices.chance(0.5) || all.length === 0) return [all];
  // The same bytes, cut anywhere.
  const cuts = Array.from({ length: 1 + choices.below(5) }, () => choices.below(all.length)).sort(
    (a, b) => a - b,
  );
  return [0, ...cuts].map((from, index) => all.subarray(from, cuts[index]));
}
