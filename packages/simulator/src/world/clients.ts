import { SIMULATED_SECRET, type ClientType, type Connection } from './model.ts';
import type { Random } from './random.ts';

/** What a client says of itself. */
export type Identity = Pick<Connection, 'user' | 'query' | 'userAgent'>;

const NAMED_SHARE = 0.3;
/** What people type, where MediaMTX looks for credentials and where it doesn't. */
const QUERIES = [
  `user=demo&pass=${SIMULATED_SECRET}`,
  `token=${SIMULATED_SECRET}`,
  `pass=${SIMULATED_SECRET}%26user=demo`,
] as const;

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const FFMPEG = 'Lavf61.7.100';
const PUBLISHING_RTMP = 'FMLE/3.0 (compatible; Lavf61.7.100)';
const READING_RTMP = 'LNX 9,0,124,2';

/** What a client of some type says: nearly a third carry a secret in their query. */
export function identityFrom(random: Random, type: ClientType, role: Connection['role']): Identity {
  const query = random() < NAMED_SHARE ? (QUERIES[Math.floor(random() * QUERIES.length)] ?? '') : '';
  return { user: query.includes('user=') ? 'demo' : '', query, userAgent: userAgentOf(type, role) };
}

function userAgentOf(type: ClientType, role: Connection['role']): string {
  switch (type) {
    case 'srtConn':
      return '';
    case 'rtspSession':
    case 'rtspsSession':
      return FFMPEG;
    case 'rtmpConn':
    case 'rtmpsConn':
      return role === 'publish' ? PUBLISHING_RTMP : READING_RTMP;
    case 'webRTCSession':
    case 'hlsSession':
    case 'moqSession':
      return BROWSER;
  }
}
