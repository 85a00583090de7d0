import { describe, expect, test } from '@jest/globals';
import { questionOf } from '../../src/details/question.ts';
import { VERSIONS, type VersionName } from '../../src/versions/catalogue.ts';

const ask = (path: string, version: VersionName, firstNames = true) => {
  const [route = '', query = ''] = path.split('?');
  return questionOf(route, new URLSearchParams(query), { ...VERSIONS[version], firstNames });
};
const list = (name: string) => ({ kind: 'list', list: name });
const forwards = (path: string, id: string | null = null) => ({ kind: 'forwards', path, id });

describe('what a route asks for', () => {
  test.each([
    ['/v3/srtconns/list', '1.20', list('srtconns')],
    ['/v3/srtconns/list', '1.21', list('srtconns')],
    ['/v3/srt/conns/list', '1.20', null],
    ['/v3/srt/conns/list', '1.21', list('srtconns')],
    ['/v3/rtsps/sessions/list', '1.21', list('rtspssessions')],
    ['/v3/hls/muxers/list', '1.21', list('hlsmuxers')],
    ['/v3/pa/ths/list', '1.21', null],
    ['/v3/paths/list', '1.21', list('paths')],
    ['/v3/info', '1.21', list('info')],
    ['/v3/paths/static-sources/get/cam/one', '1.20', null],
    ['/v3/paths/static-sources/get/cam/one', '1.21', { kind: 'static-source', path: 'cam/one' }],
    ['/v3/paths/static-sources/get/cam%2Fone', '1.21', { kind: 'static-source', path: 'cam/one' }],
    ['/v3/paths/static-sources/get/%', '1.21', { kind: 'static-source', path: '' }],
    ['/v3/config/paths/get/~%5Ere', '1.2', { kind: 'configuration', confName: '~^re' }],
    ['/v3/paths/forward/list?path=a', '1.17', null],
    ['/v3/paths/forward/list?path=a', '1.20', forwards('a')],
    ['/v3/paths/forward/list?path=a', '1.21', forwards('a')],
    ['/v3/paths/forward-dests/list?path=a', '1.20', null],
    ['/v3/paths/forward-dests/get?path=a&id=7', '1.21', forwards('a', '7')],
    ['/v3/paths/forward-dests/list', '1.21', forwards('')],
  ] as const)('%s of %s', (path, version, question) => {
    expect(ask(path, version)).toStrictEqual(question);
  });

  test.each([
    ['/v3/srtconns/list', null],
    ['/v3/paths/forward/list?path=a', null],
    ['/v3/srt/conns/list', list('srtconns')],
    ['/v3/paths/list', list('paths')],
    ['/v3/recordings/list', list('recordings')],
    ['/v3/info', list('info')],
  ])('%s, once the first names are gone', (path, question) => {
    expect(ask(path, '1.21', false)).toStrictEqual(question);
  });
});
