import { type FileWatch, type Logger, secretWatch } from '@mediamtx-monitor/runtime';
import { type ApiSettings, HISTORY_ENGINE_SETTINGS } from '../settings.ts';
import type { EngineTarget } from './engine.ts';

/** Which member each secret stands in. */
const MEMBERS = { HISTORY_URL: 'url', HISTORY_TOKEN: 'token' } as const;
type EngineSecret = keyof typeof MEMBERS;

/** Files that secrets came from. */
export type EngineFiles = { readonly [Name in EngineSecret]?: string };

export interface FollowedTargetOptions {
  readonly target: EngineTarget;
  readonly files: EngineFiles;
  readonly logger: Logger;
  /** How often files are looked at, in ms. */
  readonly checkMs?: number;
}

const CHECK_MS = 1_000;

/** An engine's address and token as their files say, also after these were changed or replaced. */
export class FollowedTarget {
  readonly #watches: readonly FileWatch<string>[];
  #target: EngineTarget;

  constructor({ target, files, logger, checkMs = CHECK_MS }: FollowedTargetOptions) {
    this.#target = target;
    const names = Object.keys(MEMBERS) as EngineSecret[];
    this.#watches = names.flatMap((name) => {
      const { [name]: path } = files;
      if (path === undefined) return [];
      return secretWatch({
        ...{ name, path, logger, checkMs },
        setting: HISTORY_ENGINE_SETTINGS[name],
        value: () => this.#target[MEMBERS[name]],
        change: (value) => {
          this.#target = { ...this.#target, [MEMBERS[name]]: value };
        },
      });
    });
  }

  /** As it is now. */
  get current(): EngineTarget {
    return this.#target;
  }

  start(): void {
    for (const watch of this.#watches) watch.start();
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }
}

/** Mistakes between the settings of an engine. */
export function engineMistakes(settings: Partial<ApiSettings>): readonly string[] {
  const { HISTORY_URL: url, HISTORY_TOKEN: token } = settings;
  if (url === undefined) {
    return (['HISTORY_TOKEN', 'HISTORY_CA_FILE', 'HISTORY_TENANT', 'HISTORY_SELECTOR'] as const)
      .filter((name) => settings[name] !== undefined)
      .map((name) => `${name} is set; allowed: only with HISTORY_URL`);
  }
  const { protocol, username } = new URL(url);
  const mistakes: string[] = [];
  if (token !== undefined && username !== '') {
    mistakes.push('HISTORY_TOKEN is (hidden); allowed: not together with a user in HISTORY_URL');
  }
  if (settings.HISTORY_CA_FILE !== undefined && protocol !== 'https:') {
    mistakes.push('HISTORY_CA_FILE is set; allowed: only with an https:// address in HISTORY_URL');
  }
  return mistakes;
}
