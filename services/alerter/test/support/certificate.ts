import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

export interface CertificateOfTest {
  readonly key: string;
  readonly cert: string;
  /** Its file, which goes with the tests. */
  readonly path: string;
}

/** A self-signed certificate of `localhost` for a test file. */
export function certificateOfTest(): CertificateOfTest {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const [key, path] = [join(folder, 'key'), join(folder, 'cert')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', path, '-days', '2'];
  const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', [...made, ...named], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}
