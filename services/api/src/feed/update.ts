import type { StatusMessage, TopicHead } from '@mediamtx-monitor/types';
import type { ServerHead, Tick } from '../tick/index.ts';

/** What a subscriber of the feed receives: of servers their heads, too, behind the tick they came with; of events only that there are new ones in their log. */
export type FeedUpdate =
  | { readonly kind: 'tick'; readonly tick: Tick<TopicHead> }
  | { readonly kind: 'head'; readonly head: ServerHead }
  | { readonly kind: 'status'; readonly status: StatusMessage }
  | { readonly kind: 'events' };
export type UpdateListener = (update: FeedUpdate) => void;
