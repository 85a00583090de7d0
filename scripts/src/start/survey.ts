import type { Situation } from './plan.ts';
import { mediamtxAnswers } from './probe-mediamtx.ts';
import { probeRedis } from './probe-redis.ts';
import type { StartSettings } from './settings.ts';

/** Addresses that are used where no setting names one. */
export interface Defaults {
  readonly redisUrl: string;
  readonly mediamtxUrl: string;
}

/** Finds out what is there; what is set is left alone, and a file to replay leaves no doubt. */
export async function survey(settings: StartSettings, defaults: Defaults): Promise<Situation> {
  const { redisIsSet, mediamtxIsSet, replay } = settings;
  return {
    redisIsSet,
    redisAnswer: redisIsSet ? 'none' : await probeRedis(defaults.redisUrl),
    mediamtxIsSet,
    mediamtxAnswers: !mediamtxIsSet && replay === null && (await mediamtxAnswers(defaults.mediamtxUrl)),
  };
}
