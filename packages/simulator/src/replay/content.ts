import type { RawList, RawSnapshot } from '@mediamtx-monitor/types';
import { errorAnswer, json, type Reply, unauthorized } from '../http/reply.ts';
import type { AnswerContent, ContentOf, Items } from '../lists/content.ts';
import { encode } from '../lists/json-bytes.ts';
import type { SimulatedListName } from '../lists/names.ts';
import type { Version } from '../versions/version.ts';
import { createSampleAt } from './sample-at.ts';

type Failed = Exclude<RawList['status'], 'read' | 'off'>;

/** An answer that a collector takes for the failure that was recorded. */
function failure(status: Failed, version: Version): Reply {
  switch (status) {
    case 'timeout':
      return 'hang';
    case 'down':
      return 'cut';
    case 'unauthorized':
      return unauthorized(version.unauthorized);
    case 'error':
      return errorAnswer(version.errors, 500, 'internal server error');
    case 'invalid':
      return json('{}');
  }
}

function itemsOf(items: readonly unknown[]): Items {
  return {
    count: items.length,
    write: (start, end, out) => {
      const texts = items.slice(start, end).map((item) => JSON.stringify(item));
      out.bytes(encode(texts.join(',')));
    },
  };
}

function contentOf(
  name: SimulatedListName,
  list: RawList | undefined,
  version: Version,
): AnswerContent | null {
  if (list === undefined || list.status === 'off') return null;
  if (list.status !== 'read') return { kind: 'reply', reply: failure(list.status, version) };
  if (name === 'info') return { kind: 'object', json: JSON.stringify(list.items[0]) };
  return { kind: 'items', items: itemsOf(list.items) };
}

/** The content of a recorded server. Its time begins with the first question. */
export function contentOfReplay(
  { samples }: Pick<RawSnapshot, 'samples'>,
  version: Version,
  nowMs: () => number,
): ContentOf {
  const sampleAt = createSampleAt(samples);
  let startedMs: number | undefined;
  return (question) => {
    startedMs ??= nowMs();
    // Single paths weren't asked for when it was recorded.
    if (question.kind !== 'list') return null;
    const { list } = question;
    return contentOf(list, sampleAt(nowMs() - startedMs)?.lists[list], version);
  };
}
