import { expect, test } from '@jest/globals';
import { FrameCounter } from '../../src/api/frame-counter.ts';

/** A frame of a server with so many bytes. */
function frame(length: number): Buffer {
  const head = length < 126 ? [0x81, length] : length < 0x1_00_00 ? [0x81, 126] : [0x81, 127];
  const size = Buffer.alloc(length < 126 ? 0 : length < 0x1_00_00 ? 2 : 8);
  if (size.length === 2) size.writeUInt16BE(length);
  if (size.length === 8) size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from(head), size, Buffer.alloc(length)]);
}

const LENGTHS = [1, 125, 126, 65_535, 65_536, 70_000];
const BYTES = Buffer.concat(LENGTHS.map(frame));

test.each([1, 3, 1_000, BYTES.length])('frames of all sizes are told, in pieces of %d bytes', (size) => {
  const lengths: number[] = [];
  const counter = new FrameCounter((length) => lengths.push(length));
  for (let at = 0; at < BYTES.length; at += size) counter.add(BYTES.subarray(at, at + size));
  expect(lengths).toStrictEqual(LENGTHS);
});
