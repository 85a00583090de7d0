import { expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { protocolOf, readersByProtocol } from '../../src/derive/readers.ts';
import { SETTINGS, START_MS, momentAt } from './facts.ts';
import { recordedObservation } from './recorded.ts';

test('no readers, nothing', () => {
  expect(readersByProtocol([])).toEqual({});
});

test('every reader type of MediaMTX is counted with its protocol', () => {
  expect(
    readersByProtocol([
      'srtconn',
      'rtspsession',
      'rtspsession',
      'rtspssession',
      'rtmpconn',
      'rtmpsconn',
      'hlsmuxer',
      'hlssession',
      'webrtcsession',
      'moqsession',
    ]),
  ).toEqual({ srt: 1, rtsp: 2, rtsps: 1, rtmp: 1, rtmps: 1, hls: 2, webrtc: 1, moq: 1 });
});

test('a type that is none of ours is other', () => {
  expect(readersByProtocol(['hidden', 'teleportsession', '', 'srtconn'])).toEqual({ other: 3, srt: 1 });
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('so is %s', (type) => {
  expect(JSON.stringify(readersByProtocol([type, type]))).toBe('{"other":2}');
  expect(protocolOf(type)).toBeNull();
});

test.each(RECORDED_VERSIONS)('as %s spells them', (version) => {
  const { snapshot } = derive(NO_MEMORY, recordedObservation(version, 't0'), SETTINGS, momentAt(START_MS));
  const counted = (name: string) => snapshot.streams.find((stream) => stream.name === name);
  expect(counted('cam/one')).toMatchObject({ readers: 2, readersByProtocol: { srt: 1, hls: 1 } });
  expect(counted('rtmp-cam')).toMatchObject({ readers: 2, readersByProtocol: { rtmp: 1, rtmps: 1 } });
  expect(counted('rtsp-cam')).toMatchObject({
    readers: 5,
    readersByProtocol: { rtsp: 3, rtsps: 1, webrtc: 1 },
  });
  expect(counted('idle-static')).toMatchObject({ readers: 0, readersByProtocol: {} });
});
