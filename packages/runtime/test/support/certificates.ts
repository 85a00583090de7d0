import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its private key, as files and as PEM. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own, which stands for certificates. */
export interface Authority extends CertificateFiles {
  /** Makes a certificate. @param names as in `IP:127.0.0.1` */
  readonly sign: (name: string, names: string) => CertificateFiles;
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

/** Makes an authority, whose files stand in the folder. */
export function makeAuthority(folder: string, name: string): Authority {
  const files = (of: string): CertificateFiles => {
    const [certFile, keyFile] = [join(folder, `${of}.pem`), join(folder, `${of}.key`)];
    return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  };
  const path = (end: string): string => join(folder, end);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`],
    ...['-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)],
  );
  return {
    ...files(name),
    sign: (of, names) => {
      const request = path(`${of}.csr`);
      openssl('req', ...newKey, '-subj', `/CN=${of}`, '-keyout', path(`${of}.key`), '-out', request);
      writeFileSync(path(`${of}.ext`), `subjectAltName=${names}\n`);
      openssl(
        ...['x509', '-req', '-in', request, '-CA', path(`${name}.pem`), '-CAkey', path(`${name}.key`)],
        ...['-CAcreateserial', '-days', '2', '-extfile', path(`${of}.ext`), '-out', path(`${of}.pem`)],
      );
      return files(of);
    },
  };
}
