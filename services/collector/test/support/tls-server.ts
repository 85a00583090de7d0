import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, in capitals with colons. */
  readonly fingerprint: string;
}

/** Makes a self-signed certificate without a SAN, as MediaMTX's documentation does. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const file = (name: string): string => join(folder, name);
  try {
    execFileSync('openssl', ['genrsa', '-out', file('server.key'), '2048'], { stdio: 'ignore' });
    const made = ['req', '-new', '-x509', '-sha256', '-key', file('server.key'), '-out', file('server.crt')];
    execFileSync('openssl', [...made, '-days', '3650', '-subj', '/CN=mediamtx'], { stdio: 'ignore' });
    const [key, cert] = ['server.key', 'server.crt'].map((name) => readFileSync(file(name), 'utf8'));
    if (key === undefined || cert === undefined) throw new Error('openssl made nothing');
    return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An HTTPS server of a test. */
export async function startTlsServer(
  { key, cert }: Certificate,
  answer: RequestListener,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer({ key, cert }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `https://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
