import type { Question } from '../details/question.ts';
import type { Reply } from '../http/reply.ts';
import type { World } from '../world/model.ts';
import type { JsonBytes } from './json-bytes.ts';
import type { SimulatedList } from './list.ts';

/** The items of a list at a moment. */
export interface Items {
  readonly count: number;
  /** Writes the items from `start` up to `end`, with commas between. */
  readonly write: (start: number, end: number, out: JsonBytes) => void;
}

/** What there is to answer to a question. */
export type AnswerContent =
  | { readonly kind: 'items'; readonly items: Items }
  /** One JSON object. */
  | { readonly kind: 'object'; readonly json: string }
  /** Something that isn't what was asked for. */
  | { readonly kind: 'reply'; readonly reply: Reply };

/** What a server has to answer right now; `null` where that is off, or unknown. */
export type ContentOf = (question: Question) => AnswerContent | null;

/** The items of a list, as a world has them at a monotonic time in ms. */
export function itemsOf(list: SimulatedList, world: World, nowMs: number): Items {
  return {
    count: list.count(world),
    write: (start, end, out) => {
      list.write(world, nowMs, start, end, out);
    },
  };
}
