import { X509Certificate } from 'node:crypto';
import { asError } from '../as-error.ts';
import { SettingsError } from './settings-error.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads the certificates in the file that a setting names, as one text in PEM.
 * @throws {SettingsError} when it can't be read, or holds no certificate
 */
export function readCertificates(setting: string, path: string, readFile: (path: string) => string): string {
  const refuse = (what: string): SettingsError =>
    new SettingsError([`${setting} is "${path}", ${what}; allowed: a file with certificates in PEM`]);
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw refuse(`which can't be read (${asError(error).message})`);
  }
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw refuse('which holds no certificate');
  found.forEach((pem, index) => {
    try {
      new X509Certificate(pem);
    } catch {
      throw refuse(`whose certificate ${index + 1} can't be read`);
    }
  });
  return found.join('\n');
}
