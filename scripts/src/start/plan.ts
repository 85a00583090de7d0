import type { RedisAnswer } from './probe-redis.ts';

/**
 * Where Redis or MediaMTX comes from: a setting names it, it answers at its default address, or there is none and
 * the start brings its own.
 */
export type Origin = 'configured' | 'found' | 'own';

export interface Plan {
  readonly redis: Origin;
  readonly mediamtx: Origin;
}

/** What is set, and what answers at the default addresses (asked only where nothing is set). */
export interface Situation {
  readonly redisIsSet: boolean;
  readonly redisAnswer: RedisAnswer;
  readonly mediamtxIsSet: boolean;
  readonly mediamtxAnswers: boolean;
}

function origin(isSet: boolean, answers: boolean): Origin {
  if (isSet) return 'configured';
  return answers ? 'found' : 'own';
}

/** Decides what to start. What is set is used even if it is down: nothing of ours ever stands in for it. */
export function makePlan(situation: Situation): Plan {
  const { redisIsSet, redisAnswer, mediamtxIsSet, mediamtxAnswers } = situation;
  return {
    redis: origin(redisIsSet, redisAnswer === 'ready' || redisAnswer === 'loading'),
    mediamtx: origin(mediamtxIsSet, mediamtxAnswers),
  };
}
