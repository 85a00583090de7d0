export { asError, stackOf } from './as-error.ts';
export {
  hasMembers,
  isCount,
  isDuration,
  isFlag,
  isListOf,
  isNumber,
  isOneOf,
  isText,
  type MemberCheck,
  optional,
  orNull,
  type StoredMembers,
} from './checks/member-checks.ts';
export { type Clock, type Moment, momentNow, systemClock } from './clock.ts';
export { isContainer, type Surroundings, systemSurroundings } from './container.ts';
export { errorText } from './error-text.ts';
export { fileFailure } from './file-failure.ts';
export { FileWatch } from './files/file-watch.ts';
export {
  type FileLook,
  lookAtFile,
  readSettingFile,
  type ParseResult,
  type SettingFile,
} from './files/setting-file.ts';
export { ageOf, isGone, isSilent, silenceAbout, silentMs, untilOlderMs } from './heads/age.ts';
export {
  ALERT_HEADS,
  ATTENTION_BY_HAND,
  HOST_HEADS,
  type HeadSchemas,
  type KnownHead,
  parseHead,
  type ReadMoment,
  type Rejected,
  rejected,
  type Rejection,
  SERVER_HEADS,
  STREAMS_HEAD,
} from './heads/head.ts';
export { listHosts, listServers, type ListedServers } from './heads/listed.ts';
export { HealthPort, type HealthPortOptions, type MetricsSource } from './health/health-port.ts';
export { healthOf, type HistorySink, stateOf, worseStatus } from './history/aggregate.ts';
export { historyKey, historyKeys } from './history/history-keys.ts';
export type { ObservedSubjects } from './history/history-recorder.ts';
export { HistoryWriter, type HistoryWriterOptions } from './history/history-writer.ts';
export { observed, type ObservedSubject } from './history/observed.ts';
export { addTick, parseRecentTicks, RecentTicks } from './history/recent-ticks.ts';
export { SLOT_CODECS, type SlotCodec } from './history/slots.ts';
export { canonicalAddress, groupsOf, networkOf, plainAddress } from './http/address.ts';
export { AddressCount } from './http/address-count.ts';
export { isOwnHost } from './http/own-host.ts';
export { requestTimes } from './http/request-times.ts';
export { isLoopback, isThisMachineOnly } from './http/reach.ts';
export { SAFE_HEADERS } from './http/safe-headers.ts';
export { closeServer, listen } from './lifecycle/listen.ts';
export { describeFailure, StartError } from './lifecycle/run-main.ts';
export type { Part } from './lifecycle/part.ts';
export { runService, type RunOptions } from './lifecycle/run-service.ts';
export { findServiceManager, type ServiceManager, ServiceManagerPart } from './lifecycle/service-manager.ts';
export { createLogger, type Logger, type LoggerOptions } from './log/logger.ts';
export { Exclusive } from './loop/exclusive.ts';
export { Loop, type LoopOptions, type LoopStats } from './loop/loop.ts';
export { addProcessMetrics } from './metrics/process-metrics.ts';
export { addReadMetric, type ReadMetric, type Sample } from './metrics/read-metric.ts';
export { createSchedule, type Day, DAYS, type Hours, type Schedule } from './monitor-file/schedule.ts';
export { NODE_FLAGS } from './node-flags.ts';
export { patiently } from './patience.ts';
export { packageVersion } from './package-version.ts';
export { parseRedisUrl, type RedisAddress, redisPlace } from './redis/address.ts';
export {
  COMMAND_TIMEOUT_MS,
  CommandFailures,
  isReplyError,
  isWrongType,
  RedisAwayError,
  RedisRefusedError,
  withinTimeout,
} from './redis/command-failures.ts';
export { isCluster, type RedisClient } from './redis/client.ts';
export {
  connectInBackground,
  connectionPart,
  connectPatiently,
  type ConnectionOptions,
  createCommandConnection,
  createSubscriberConnection,
} from './redis/connections.ts';
export {
  type DroppedEntries,
  type OutboxEntry,
  type ReplaceDropped,
  type StreamAppend,
} from './redis/backlog.ts';
export { type HashChanges, type StreamEntry } from './redis/leased-hash-script.ts';
export { LeasedHash, type LeasedHashOptions, type TakenHash } from './redis/leased-hash.ts';
export { Outbox, type OutboxOptions, type OutboxStats } from './redis/outbox.ts';
export { readBounded, readBoundedFields, type BoundedValues } from './redis/read-bounded.ts';
export type { ChannelMessage, JoinedMessage, TickOutcome } from './redis/publish-script.ts';
export { RedisOutages } from './redis/outages.ts';
export { RedisTime } from './redis/redis-time.ts';
export {
  entriesIn,
  eventIdOf,
  isCause,
  jsonWithId,
  LAST_ID,
  membersOf,
  type StoredEntry,
  wrongMember,
} from './redis/stored-entry.ts';
export { assertConnected, createScriptRunner, type RunScript, whyNotDone } from './redis/script-runner.ts';
export { HeadLeases, type LeaseSeen, releasedHead } from './redis/head-lease.ts';
export type { ListedHead } from './redis/head-list.ts';
export { SupersededError, TickPublisher, type TickPublisherOptions } from './redis/tick-publisher.ts';
export { isLogin } from './secrets/logins.ts';
export { maskSecrets } from './secrets/mask-secrets.ts';
export { REMOVED } from './secrets/removed.ts';
export { isPlural, isSecretName } from './secrets/secret-name.ts';
export { durableTarget, type RedisTarget, redisTarget } from './settings/redis-target.ts';
export { secretFile, secretWatch } from './settings/secret-file.ts';
export { CERTIFICATE_FILE, readCertificates } from './settings/certificates.ts';
export { type HealthPortPlace, healthPortPlace } from './settings/health-port.ts';
export type { LogSettings } from './settings/log.ts';
export { readEnvironment } from './settings/environment.ts';
export { type Environment, type LoadedSettings, loadSettings, type LoadOptions } from './settings/load.ts';
export { SettingsError } from './settings/settings-error.ts';
export { TOKEN_LINE, TOKEN_LINE_RULE, TOKEN_NAME, TOKEN_NAME_RULE } from './settings/token-line.ts';
export { streamGlob } from './stream-glob/stream-glob.ts';
export { systemCode } from './system-code.ts';
