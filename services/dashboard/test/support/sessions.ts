import type { SessionRecord } from '@mediamtx-monitor/types';
import { second } from './happened.ts';

/** A reader that is there still, and of which nothing was measured but its bytes. */
export const SESSION: SessionRecord = {
  server: 'main',
  stream: 'cam',
  connection: 'c',
  protocol: 'srt',
  role: 'read',
  remoteAddr: null,
  user: null,
  userAgent: null,
  start: second(0),
  end: null,
  unseenSince: null,
  inboundBytes: 5_000,
  outboundBytes: null,
  meanMbps: null,
  peakMbps: null,
  rttWorstMs: null,
  rttP95Ms: null,
  lossMeanPercent: null,
  lossWorstPercent: null,
  discards: null,
  healthMs: null,
  cause: null,
};
