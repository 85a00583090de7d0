import { expect, test } from '@jest/globals';
import { SettingsError } from '../../src/settings/settings-error.ts';
import { readCertificates } from '../../src/settings/certificates.ts';

const read = (text: string): string => readCertificates('REDIS_CA_FILE', '/ca.pem', () => text);
const BROKEN = '-----BEGIN CERTIFICATE-----\nhush\n-----END CERTIFICATE-----';

test.each([
  [
    '',
    'REDIS_CA_FILE is "/ca.pem", whose content holds no certificate; allowed: a file with certificates in PEM',
  ],
  ['-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----', 'whose content holds no certificate'],
  [BROKEN, "whose certificate 1 can't be read"],
])('%j is refused', (text, message) => {
  expect(() => read(text)).toThrow(SettingsError);
  expect(() => read(text)).toThrow(message);
});

test('a file that can’t be read is told', () => {
  const fail = (): string => {
    throw new Error('ENOENT: gone');
  };
  expect(() => readCertificates('REDIS_CA_FILE', '/ca.pem', fail)).toThrow(
    "which can't be read (ENOENT: gone)",
  );
});
