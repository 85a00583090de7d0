import {
  DURABLE_REDIS_SETTINGS,
  healthPortSettings,
  LOG_SETTINGS,
  REDIS_SETTINGS,
  setting,
  SLOT_SECONDS,
  text,
} from '@mediamtx-monitor/runtime/settings';
import { HOST_ID_RULE } from '@mediamtx-monitor/types';
import { hostIdSchema } from '@mediamtx-monitor/types/schemas';

/** What of which machine is looked at, and how often. */
export const HOST_SETTINGS = {
  HOST_ID: setting({
    kind: { schema: hostIdSchema, allowed: HOST_ID_RULE },
    description: 'Name of this machine in keys and messages; without it the host name, made to fit',
  }),
  HOST_ROOT: setting({
    kind: text('an absolute path of a folder', /^\//),
    default: '/',
    description: 'Where the host’s file system is seen; in a container, where / of the host is mounted',
  }),
  HOST_INTERVAL_SECONDS: setting({
    kind: SLOT_SECONDS,
    default: 5,
    description: 'Time between two looks at the host in seconds',
  }),
};

/** All that the host agent is told by its environment. */
export const HOST_AGENT_SETTINGS = {
  ...HOST_SETTINGS,
  ...REDIS_SETTINGS,
  ...DURABLE_REDIS_SETTINGS,
  ...healthPortSettings(9121),
  ...LOG_SETTINGS,
};
