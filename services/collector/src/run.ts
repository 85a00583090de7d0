import { hostname } from 'node:os';
import {
  EXIT_CODES,
  HOST_ID_RULE,
  isHostId,
  isServerId,
  SERVER_ID_RULE,
  type SubjectKind,
} from '@mediamtx-monitor/types';
import {
  createLogger,
  durableTarget,
  findServiceManager,
  isContainer,
  type Logger,
  type LoggerOptions,
  readEnvironment,
  redisTarget,
  runService,
  StartError,
  systemClock,
  systemSurroundings,
} from '@mediamtx-monitor/runtime';
import { type CollectorParts, createCollector, createCollectorParts } from './app.ts';
import { type CollectorConfig, loadConfig, readFile } from './config.ts';
import type { Observation } from './facts.ts';
import { loadForgetConfig, runForget } from './forget-command.ts';
import { redisFailure, savedLine, storedLine } from './server/report.ts';
import type { ServerCollector } from './server/server-collector.ts';
import { serverCount } from './status.ts';

/** What the collector is to do. */
export type Task =
  | { readonly kind: 'run' }
  | { readonly kind: 'once' }
  | { readonly kind: 'check'; readonly path: string }
  | { readonly kind: 'forget'; readonly subject: SubjectKind; readonly id: string };

const USAGE =
  'usage: main.js [--once | --check-config FILE | --forget SERVER | --forget-host HOST]   --once: poll once, store, exit; ' +
  '--check-config: say whether it could start with this file as MONITOR_CONFIG; ' +
  '--forget, --forget-host: remove from Redis what is left of a server or host that is gone for good';

/** @throws {StartError} `usage` */
export function parseArguments(args: readonly string[]): Task {
  const [option, id, ...more] = args;
  if (option === undefined) return { kind: 'run' };
  if (option === '--once' && id === undefined) return { kind: 'once' };
  if (id === undefined || id === '' || more.length > 0) throw new StartError('usage', USAGE);
  if (option === '--check-config') return { kind: 'check', path: id };
  if (option === '--forget') return forget('server', id, isServerId(id), SERVER_ID_RULE);
  if (option === '--forget-host') return forget('host', id, isHostId(id), HOST_ID_RULE);
  throw new StartError('usage', USAGE);
}

function forget(subject: SubjectKind, id: string, isAllowed: boolean, rule: string): Task {
  if (!isAllowed) throw new StartError('usage', `no ${subject} can be called "${id}"; allowed: ${rule}`);
  return { kind: 'forget', subject, id };
}

const loggerFor = (settings: LoggerOptions['settings']): Logger =>
  createLogger({ service: 'collector', settings, isTerminal: process.stdout.isTTY });

/** What went wrong with one of several counts as a whole: of these the first that did. */
const GRAVEST_FIRST = [
  EXIT_CODES.redisUnreachable,
  EXIT_CODES.failed,
  EXIT_CODES.fileNotWritten,
  EXIT_CODES.done,
] as const;

/** Polls each server once, stores, and resolves with the exit code. Of one that gave no path list, Redis stays untouched. */
async function runOnce(
  { servers, redis, joinedFile }: CollectorParts,
  { jsonFile, servers: configs }: CollectorConfig,
  logger: Logger,
): Promise<number> {
  const observed = await Promise.all(
    servers.map(async (server) => ({ server, observation: await server.observe() })),
  );
  const isListed = configs[0].listed !== null;
  const about = ({ server }: ServerCollector) => (isListed ? { server } : {});
  const codes: number[] = [];
  const isRead = observed.some(({ observation }) => observation.paths !== null);
  if (isRead) await redis.start();
  try {
    for (const { server, observation } of observed) {
      codes.push(await storeOnce(server, observation, { logger, jsonFile, fields: about(server) }));
    }
    const failure = isRead && isListed && jsonFile !== '' ? await joinedFile.flush() : null;
    // Why, it has said.
    if (failure !== null) codes.push(EXIT_CODES.fileNotWritten);
    else if (isRead && isListed && jsonFile !== '') logger.info(savedLine(jsonFile));
  } finally {
    if (isRead) await redis.stop();
  }
  return GRAVEST_FIRST.find((code) => codes.includes(code)) ?? EXIT_CODES.done;
}

async function storeOnce(
  server: ServerCollector,
  observation: Observation,
  {
    logger,
    jsonFile,
    fields,
  }: { readonly logger: Logger; readonly jsonFile: string; readonly fields: object },
): Promise<number> {
  if (observation.paths === null) {
    logger.error(observation.error ?? 'MediaMTX could not be read', { ...fields });
    return EXIT_CODES.failed;
  }
  if (observation.error !== null) {
    logger.warn(observation.error, { ...fields, missing: observation.missing });
  }
  const report = await server.store(observation);
  const failure = redisFailure(report.redis);
  if (failure === null) logger.info(storedLine(report.snapshot.streams.length), { ...fields });
  else logger.error(`not stored: ${failure}`, { ...fields });
  if (report.file === 'written') logger.info(savedLine(jsonFile), { ...fields });
  if (report.file instanceof Error) logger.error(report.file.message, { ...fields });
  if (failure !== null) return EXIT_CODES.redisUnreachable;
  return report.file instanceof Error ? EXIT_CODES.fileNotWritten : EXIT_CODES.done;
}

/** Runs the collector, or what its arguments ask for; resolves with the exit code. */
export async function main(): Promise<number> {
  const task = parseArguments(process.argv.slice(2));
  const env = readEnvironment(process.env, process.cwd());
  if (task.kind === 'forget') {
    const settings = loadForgetConfig(env);
    const { values } = settings;
    const redis = { ...redisTarget(settings, readFile), keyPrefix: values.REDIS_KEY_PREFIX };
    const durable = durableTarget(settings, readFile);
    const durableRedis = durable.url === redis.url ? null : durable;
    return runForget({ redis, durableRedis, kind: task.subject, id: task.id, logger: loggerFor(values) });
  }
  if (task.kind === 'check') {
    const { servers, warnings } = loadConfig({ ...env, MONITOR_CONFIG: task.path });
    for (const warning of warnings) process.stderr.write(`collector: ${warning}\n`);
    const ids = servers.map(({ server }) => server).join(', ');
    process.stdout.write(`ok: ${serverCount(servers.length)}: ${ids}\n`);
    return EXIT_CODES.done;
  }
  const config = loadConfig(env);
  const logger = loggerFor(config.log);
  for (const warning of config.warnings) logger.warn(warning);
  const machine = {
    clock: systemClock,
    logger,
    userId: process.getuid?.(),
    inContainer: isContainer(process.env, systemSurroundings),
    hostName: hostname(),
  };
  if (task.kind === 'once') {
    const parts = createCollectorParts(config, machine, { role: 'join', isOnlyPoll: true });
    return runOnce(parts, config, logger);
  }
  for (const { mediamtx, intervalSeconds, server } of config.servers) {
    logger.info(`polling ${mediamtx.url} every ${intervalSeconds} s as server ${server}`);
  }
  return runService({
    logger,
    parts: createCollector(config, {
      ...machine,
      // Of a terminal that is closed it comes, too.
      signals: process.stdout.isTTY ? null : process,
      serviceManager: findServiceManager(process.env, process.pid, logger),
    }),
    signals: process,
    exit: (code) => process.exit(code),
  });
}
