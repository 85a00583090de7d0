import { describe, expect, test } from '@jest/globals';
import { KNOWN_NAMES } from '../../src/settings/known-names.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { unknownSettings } from '../../src/settings/unknown.ts';

const namesIn = (sentences: readonly string[]): (string | undefined)[] =>
  sentences.map((sentence) => sentence.split(' ')[0]);

describe('unknownSettings', () => {
  test.each([
    'ALLOWED_ORIGIN',
    'API_PROT',
    'API_TOKEN',
    'HEALTH_PORTS',
    'JSON_PATH',
    'LOG_LEVLE',
    'MAX_CLIENTS_PER_IP',
    'MEDIAMTX_URL',
    'POLL_INTERVAL',
    'REDIS_HOST',
    'SIMULATOR_SEED',
    'TRUST_PROXIES',
  ])('warns about %s', (name) => {
    const sentences = unknownSettings({ [name]: 's3cr3t' });
    expect(namesIn(sentences)).toStrictEqual([name]);
    expect(sentences[0]).toContain('ignored');
    expect(sentences[0]).not.toContain('s3cr3t');
  });

  test('there is a warning for each prefix that a setting has', () => {
    const prefixes = new Set([...KNOWN_NAMES].map((name) => name.slice(0, name.indexOf('_') + 1)));
    const misspelt = [...prefixes].map((prefix) => `${prefix}NO_SUCH_THING`);
    expect(namesIn(unknownSettings(Object.fromEntries(misspelt.map((name) => [name, '1']))))).toStrictEqual(
      misspelt.toSorted(),
    );
  });

  test('tells them in the order of the alphabet', () => {
    expect(namesIn(unknownSettings({ REDIS_X: '', API_Y: '', LOG_Z: '', API_A: '' }))).toStrictEqual([
      'API_A',
      'API_Y',
      'LOG_Z',
      'REDIS_X',
    ]);
  });

  test('knows every setting, the file form of secrets, and the variables of the tests', () => {
    const names = [
      ...KNOWN_NAMES,
      'MEDIAMTX_BIN',
      'API_REPLICAS',
      'MEDIAMTX_API_PASSWORD_FILE',
      'MEDIAMTX_API_TOKEN_FILE',
      'REDIS_URL_FILE',
    ];
    expect(unknownSettings(Object.fromEntries(names.map((name) => [name, '1'])))).toStrictEqual([]);
  });

  test('warns about the file form of what is no secret', () => {
    expect(namesIn(unknownSettings({ API_PORT_FILE: '/x' }))).toStrictEqual(['API_PORT_FILE']);
    expect(namesIn(unknownSettings({ API_TOKENS_FILE_FILE: '/x' }))).toStrictEqual(['API_TOKENS_FILE_FILE']);
  });

  test('says which setting one in small letters may be', () => {
    const [sentence] = unknownSettings({ mediamtx_api_url: 'http://x' });
    expect(sentence).toContain(
      'mediamtx_api_url is not a setting of this system (MEDIAMTX_API_URL is) and is ignored',
    );
  });

  test('leaves everything else in the environment alone', () => {
    const env = {
      PATH: '',
      HOME: '',
      LOGNAME: '',
      _: '',
      NODE_OPTIONS: '',
      APE_PORT: '',
      APIX: '',
      LOGS_LEVEL: '',
      REDI_URL: '',
      TEST_REDIS_URL: '',
    };
    expect(unknownSettings(env)).toStrictEqual([]);
  });
});

test('loadSettings passes the warnings on', () => {
  const { warnings } = loadSettings({}, { LOG_LEVLE: 'debug' }, { readFile: () => '' });
  expect(namesIn(warnings)).toStrictEqual(['LOG_LEVLE']);
});
