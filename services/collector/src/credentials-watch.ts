import { type Logger, type Part, secretWatch } from '@mediamtx-monitor/runtime';
import type { ApiCredentials } from './poll/index.ts';
import { SOURCE_SETTINGS } from './settings.ts';
import type { SecretFiles } from './source-config.ts';

const CHECK_MS = 1_000;
/** What names their files in MONITOR_CONFIG. */
const MEMBERS = { MEDIAMTX_API_PASSWORD: 'passwordFile', MEDIAMTX_API_TOKEN: 'tokenFile' } as const;

interface Secret {
  readonly name: keyof SecretFiles;
  readonly path: string;
  readonly value: () => string;
  readonly change: (value: string) => void;
}

/** The secret of these credentials, where it came from a file. */
function secretIn(credentials: ApiCredentials | null, files: SecretFiles): Secret | null {
  const { MEDIAMTX_API_TOKEN: tokenFile, MEDIAMTX_API_PASSWORD: passwordFile } = files;
  if (credentials?.kind === 'bearer' && tokenFile !== undefined) {
    return {
      name: 'MEDIAMTX_API_TOKEN',
      path: tokenFile,
      value: () => credentials.token,
      change: (token) => void (credentials.token = token),
    };
  }
  if (credentials?.kind === 'basic' && passwordFile !== undefined) {
    return {
      name: 'MEDIAMTX_API_PASSWORD',
      path: passwordFile,
      value: () => credentials.password,
      change: (password) => void (credentials.password = password),
    };
  }
  return null;
}

export interface CredentialsWatchOptions {
  /** Those of the start; what is secret in them is changed in place. */
  readonly credentials: ApiCredentials | null;
  readonly files: SecretFiles;
  readonly logger: Logger;
  /** Whether MONITOR_CONFIG names the files, so that they are told by its words. */
  readonly isListed?: boolean;
  /** How often the file is looked at, in ms. */
  readonly checkMs?: number;
}

/** Keeps credentials for MediaMTX as their file says, also after it was changed or replaced. */
export function createCredentialsWatch(options: CredentialsWatchOptions): Part[] {
  const { credentials, files, logger, isListed = false, checkMs = CHECK_MS } = options;
  const secret = secretIn(credentials, files);
  if (secret === null) return [];
  const watch = secretWatch({
    ...secret,
    ...(isListed && { shownAs: MEMBERS[secret.name] }),
    setting: SOURCE_SETTINGS[secret.name],
    logger,
    checkMs,
  });
  return [
    {
      name: 'credentials',
      start: () => {
        watch.start();
      },
      stop: () => {
        watch.stop();
      },
    },
  ];
}
