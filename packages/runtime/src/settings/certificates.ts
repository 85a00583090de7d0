import { createPrivateKey, X509Certificate } from 'node:crypto';
import { asError } from '../as-error.ts';
import type { ParseResult, SettingFile } from '../files/setting-file.ts';
import { SettingsError } from './settings-error.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function parseCertificates(text: string): ParseResult<string> {
  const refuse = (mistake: string): ParseResult<string> => ({ value: null, mistakes: [mistake] });
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) return refuse('content holds no certificate');
  for (const [index, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch {
      return refuse(`certificate ${index + 1} can't be read`);
    }
  }
  return { value: found.join('\n'), mistakes: null };
}

/** A file with certificates, which are read as one text in PEM. */
export const CERTIFICATE_FILE: Omit<SettingFile<string>, 'setting'> = {
  rule: 'a file with certificates in PEM',
  parse: parseCertificates,
};

/**
 * Reads the certificates in the file that a setting names, as one text in PEM.
 * @throws {SettingsError} when it can't be read, or holds no certificate
 */
export function readCertificates(setting: string, path: string, readFile: (path: string) => string): string {
  const refuse = (what: string): SettingsError =>
    new SettingsError([`${setting} is "${path}", ${what}; allowed: ${CERTIFICATE_FILE.rule}`]);
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw refuse(`which can't be read (${asError(error).message})`);
  }
  const { value, mistakes } = parseCertificates(text);
  if (mistakes !== null) throw refuse(`whose ${mistakes.join(', ')}`);
  return value;
}

/** A setting and the path that it names. */
interface SettingPath {
  readonly setting: string;
  readonly path: string;
}

/**
 * Reads a certificate of one's own, those of its authorities behind it where they have to be shown, too, and its private key.
 * @throws {SettingsError} when one can't be read, or they don't belong together
 */
export function readOwnCertificate(
  certificate: SettingPath,
  key: SettingPath,
  readFile: (path: string) => string,
): { readonly cert: string; readonly key: string } {
  const cert = readCertificates(certificate.setting, certificate.path, readFile);
  const refuse = (what: string): SettingsError =>
    new SettingsError([
      `${key.setting} is "${key.path}", ${what}; allowed: the private key of ${certificate.setting} in PEM, without a passphrase`,
    ]);
  let text: string;
  try {
    text = readFile(key.path);
  } catch (error) {
    throw refuse(`which can't be read (${asError(error).message})`);
  }
  let isOwn: boolean;
  try {
    isOwn = new X509Certificate(cert).checkPrivateKey(createPrivateKey(text));
  } catch {
    throw refuse('whose content is no such key');
  }
  if (!isOwn) throw refuse('which belongs to another certificate');
  return { cert, key: text };
}
