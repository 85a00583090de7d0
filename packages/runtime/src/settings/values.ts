import type { AddressPrivacy } from '@mediamtx-monitor/types';
import type { PreviewAddress } from './preview-address.ts';

/** Values of all settings of all services, by the name of their environment variable. */
export interface SettingValues {
  readonly MEDIAMTX_API_URL: string;
  readonly MEDIAMTX_API_USER: string | undefined;
  readonly MEDIAMTX_API_PASSWORD: string | undefined;
  readonly MEDIAMTX_API_TOKEN: string | undefined;
  readonly MEDIAMTX_API_CA_FILE: string | undefined;
  readonly MEDIAMTX_API_FINGERPRINT: string | undefined;
  readonly MEDIAMTX_SERVER_ID: string;
  readonly POLL_INTERVAL_SECONDS: number;
  readonly JSON_FILE: string;
  readonly MONITOR_CONFIG: string | undefined;
  readonly HEALTH_ENTER_TICKS: number;
  readonly HEALTH_LEAVE_TICKS: number;
  readonly REMOTE_ADDR: AddressPrivacy;
  readonly HOST_ID: string | undefined;
  readonly HOST_ROOT: string;
  readonly HOST_INTERVAL_SECONDS: number;
  readonly REDIS_URL: string;
  readonly REDIS_CA_FILE: string | undefined;
  readonly REDIS_KEY_PREFIX: string;
  readonly REDIS_DURABLE_URL: string | undefined;
  readonly FORGET_SERVERS_AFTER_DAYS: number;
  readonly API_HOST: string;
  readonly API_PORT: number;
  readonly API_TOKENS: readonly string[];
  readonly API_TOKENS_FILE: string | undefined;
  readonly API_TICKET_KEY_FILE: string | undefined;
  readonly ALLOWED_ORIGINS: readonly string[];
  readonly ALLOWED_HOSTS: readonly string[];
  readonly TRUST_PROXY: readonly string[];
  readonly MAX_REQUESTS_PER_MINUTE: number;
  readonly MAX_CLIENTS: number;
  readonly MAX_CLIENTS_PER_ADDRESS: number;
  readonly MAX_FILTERS: number;
  readonly MAX_FILTERS_PER_ADDRESS: number;
  readonly STATIC_DIR: string | undefined;
  readonly PREVIEW_WEBRTC_URL: readonly PreviewAddress[];
  readonly PREVIEW_HLS_URL: readonly PreviewAddress[];
  readonly HEALTH_HOST: string;
  readonly HEALTH_PORT: number | undefined;
  readonly PUBLISHED_ON: string | undefined;
  readonly LOG_LEVEL: 'error' | 'warn' | 'info' | 'debug';
  readonly LOG_FORMAT: 'auto' | 'text' | 'json';
  readonly LOG_FILE: string | undefined;
  readonly LOG_FILE_MAX_MB: number;
  readonly SIMULATOR_HOST: string;
  readonly SIMULATOR_PORT: number;
  readonly SIMULATOR_STREAMS: number;
  readonly SIMULATOR_READERS: number;
  readonly SIMULATOR_REPLAY: string | undefined;
}

export type SettingName = keyof SettingValues;
