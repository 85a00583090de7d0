import Joi from 'joi';
import type { HealthPortOptions } from '../health/health-port.ts';
import { HOST, list, PORT } from './kinds.ts';
import { setting, type SettingValuesOf } from './setting.ts';

/** Where others reach what listens here. */
export const PUBLISHED_SETTINGS = {
  PUBLISHED_ON: setting({
    kind: HOST,
    description:
      'Address on which others reach what listens here, where a container engine decides that; also of the API, for ' +
      'warnings only',
  }),
};

/** Under which names what listens here answers. */
export const HOST_NAME_SETTINGS = {
  ALLOWED_HOSTS: setting({
    kind: list(Joi.string().hostname().lowercase(), 'host names, with commas in between'),
    default: [],
    description:
      'Names under which the API answers without tokens, and health ports do, beside localhost and IP addresses',
  }),
};

/** The port on which a service without another one tells how it is. */
export const healthPortSettings = (port: number) => ({
  HEALTH_HOST: setting({
    kind: HOST,
    default: '127.0.0.1',
    description: 'Address on which collector, host agent and alerter answer /healthz',
  }),
  HEALTH_PORT: setting({
    kind: { ...PORT, allowed: `${PORT.allowed}; 0 = off` },
    default: port,
    description:
      'Port on which they answer; the host agent’s is 9121 unless set, the alerter’s 9122. A busy one is a warning',
  }),
  ...PUBLISHED_SETTINGS,
  ...HOST_NAME_SETTINGS,
});

/** Where a health port listens, and for whom. */
export type HealthPortPlace = Pick<HealthPortOptions, 'host' | 'port' | 'publishedOn' | 'allowedHosts'>;

/** The place that these settings name. */
export const healthPortPlace = (
  values: SettingValuesOf<ReturnType<typeof healthPortSettings>>,
): HealthPortPlace => ({
  host: values.HEALTH_HOST,
  port: values.HEALTH_PORT,
  publishedOn: values.PUBLISHED_ON,
  allowedHosts: values.ALLOWED_HOSTS,
});
