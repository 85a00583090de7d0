export { eventually } from './eventually.ts';
export { createFakeClock, type FakeClock } from './fake-clock.ts';
export { freePort } from './free-port.ts';
export { golden } from './golden.ts';
export { interruptible } from './interruptible.ts';
export { createLogRecorder, type LoggedLine, type LogRecorder } from './log-recorder.ts';
export { type MetricFamily, type MetricSample, parseMetrics } from './metrics.ts';
export { promtoolComplaints, prometheusTest } from './prometheus.ts';
export {
  constructedBody,
  constructedList,
  RECORDED_VERSIONS,
  recordedAtMs,
  recordedBody,
  recordedList,
  type RecordedPhase,
  type RecordedVersion,
} from './recorded.ts';
export {
  alertRecord,
  connectionRecord,
  FULL_DISK,
  hostRecord,
  liveStream,
  lossReason,
  srtConnection,
  streamRecord,
  streamsHead,
  webrtcConnection,
} from './records.ts';
export { releasedMessage, type ReleasedName } from './released.ts';
export { startRedisServer, type RedisServer } from './redis-server.ts';
export { type RedisCluster, startRedisCluster } from './redis-cluster.ts';
export { startWatchedRedis, type WatchedRedis } from './redis-sentinels.ts';
export { seededRandom } from './seeded-random.ts';
export {
  type ReplayedAnswer,
  type ReplayedVersion,
  startReplayServer,
  type ReplayServer,
} from './replay-server.ts';
export {
  type PassedOn,
  type ReverseProxy,
  type ReverseProxyOptions,
  startReverseProxy,
} from './reverse-proxy.ts';
export { type RedisOfTest, testRedis } from './test-redis.ts';
export { type RelayedPackets, startUdpRelay, type UdpRelay, type UdpRelayOptions } from './udp-relay.ts';
