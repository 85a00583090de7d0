import {
  hasMembers,
  isCount,
  isFlag,
  isListOf,
  isNumber,
  isOneOf,
  isText,
  orNull,
} from '@mediamtx-monitor/runtime';
import { isTime } from '@mediamtx-monitor/types';
import type { Queued, StoredTarget, TargetMessage, ToldLabels } from '../model.ts';
import type { ChecksOf } from '../stored-checks.ts';

/** A target as it is kept: messages stand in fields of their own, since they don't change while tries do. */
export interface KeptTarget extends Omit<StoredTarget, 'queue' | 'told'> {
  readonly queue: readonly KeptPlace[];
}

/** A place in a queue, with the id of its message. */
type KeptPlace = Omit<Queued, 'message'> & { readonly message: string };

export const isKeptTarget = hasMembers({
  name: isText,
  sentAtMs: orNull(isNumber),
  queue: isListOf(
    hasMembers({
      message: isText,
      isReplay: isFlag,
      queuedAtMs: isNumber,
      tries: isCount,
      nextTryAtMs: isNumber,
    } satisfies ChecksOf<KeptPlace>),
  ),
  deliveredAt: orNull(isTime),
  error: orNull(isText),
  isDisabled: isFlag,
  digest: isText,
  testedAtMs: orNull(isNumber),
} satisfies ChecksOf<KeptTarget>);

/** What an Alertmanager was told stands in a field of its own, since it doesn't change while tries do. */
export const areToldLabels = isListOf(
  hasMembers({
    id: isText,
    code: orNull(isText),
    severity: isOneOf(['warning', 'critical']),
  } satisfies ChecksOf<ToldLabels>),
);

export function keptTarget(target: StoredTarget): KeptTarget {
  const { name, sentAtMs, deliveredAt, error, isDisabled, digest, testedAtMs } = target;
  const queue = target.queue.map((queued) => ({ ...queued, message: queued.message.id }));
  return { name, sentAtMs, queue, deliveredAt, error, isDisabled, digest, testedAtMs };
}

/** What was kept as a target; without places whose message is lost. */
export function targetOf(
  { queue, ...kept }: KeptTarget,
  messages: ReadonlyMap<string, TargetMessage>,
  told: readonly ToldLabels[],
): StoredTarget {
  return {
    ...{ ...kept, told },
    queue: queue.flatMap((place) => {
      const message = messages.get(place.message);
      return message === undefined ? [] : [{ ...place, message }];
    }),
  };
}
