import { MESSAGE_SETTINGS } from '@mediamtx-monitor/alerter/settings';
import { ACCESS_SETTINGS, DASHBOARD_SETTINGS, HISTORY_ENGINE_SETTINGS } from '@mediamtx-monitor/api/settings';
import {
  COLLECTOR_SETTINGS,
  EVENT_SETTINGS,
  FORGET_SETTINGS,
  HEALTH_SETTINGS,
  HISTORY_SETTINGS,
  SNAPSHOT_SETTINGS,
  SOURCE_SETTINGS,
} from '@mediamtx-monitor/collector/settings';
import { HOST_SETTINGS } from '@mediamtx-monitor/host-agent/settings';
import {
  type Declarations,
  DURABLE_REDIS_SETTINGS,
  LOG_SETTINGS,
  PUBLISHED_SETTINGS,
  REDIS_SETTINGS,
} from '@mediamtx-monitor/runtime/settings';
import { WORLD_SETTINGS } from '@mediamtx-monitor/simulator/settings';

const { HEALTH_HOST, HEALTH_PORT } = COLLECTOR_SETTINGS;
const HEALTH_PORT_SETTINGS = { HEALTH_HOST, HEALTH_PORT };

/** The tables of docs/configuration.md, by the names in their marks. */
export const TABLES: ReadonlyMap<string, Declarations> = new Map<string, Declarations>([
  [
    'collector',
    {
      ...SOURCE_SETTINGS,
      ...SNAPSHOT_SETTINGS,
      ...EVENT_SETTINGS,
      ...HISTORY_SETTINGS,
      ...HEALTH_SETTINGS,
      ...FORGET_SETTINGS,
      ...HEALTH_PORT_SETTINGS,
      ...PUBLISHED_SETTINGS,
    },
  ],
  ['api', { ...ACCESS_SETTINGS, ...DASHBOARD_SETTINGS, ...HISTORY_ENGINE_SETTINGS }],
  ['host-agent', HOST_SETTINGS],
  ['alerter', MESSAGE_SETTINGS],
  ['redis', { ...REDIS_SETTINGS, ...DURABLE_REDIS_SETTINGS }],
  ['log', LOG_SETTINGS],
  ['simulator', WORLD_SETTINGS],
]);

/** The sections of .env.example, in order. */
export const SECTIONS: readonly (readonly [title: string, settings: Declarations])[] = [
  ['MediaMTX; several servers stand in MONITOR_CONFIG instead', { ...SOURCE_SETTINGS, ...SNAPSHOT_SETTINGS }],
  ['Health of streams and connections', HEALTH_SETTINGS],
  ['Events, sessions, history', { ...EVENT_SETTINGS, ...HISTORY_SETTINGS, ...HISTORY_ENGINE_SETTINGS }],
  ['Host agent', HOST_SETTINGS],
  ['Alerter', MESSAGE_SETTINGS],
  ['Redis', { ...REDIS_SETTINGS, ...DURABLE_REDIS_SETTINGS, ...FORGET_SETTINGS }],
  ['API', { ...ACCESS_SETTINGS, ...DASHBOARD_SETTINGS }],
  [
    'Health port of the collector; of the host agent 9121, of the alerter 9122 (0 = off)',
    HEALTH_PORT_SETTINGS,
  ],
  [
    'In a container: where others reach what listens in it, for warnings; compose.yaml sets it',
    PUBLISHED_SETTINGS,
  ],
  ['Log', LOG_SETTINGS],
  ['Simulator, for trying out without a MediaMTX', WORLD_SETTINGS],
];
