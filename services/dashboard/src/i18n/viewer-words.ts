import { isCounted } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { protocolName } from '../model/protocol.ts';
import type { Texts } from './en.ts';
import type { Format } from './format.ts';

/** How many watch over what, the most first: `3 WebRTC, 1 HLS`. Empty when nobody does, and where nobody counts. */
export function viewerWords(
  stream: Pick<StreamRecord, 'readersByProtocol' | 'state'>,
  { table }: Texts,
  { count }: Format,
): string {
  if (!isCounted(stream)) return '';
  return Object.entries(stream.readersByProtocol)
    .filter(([, readers]) => readers > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([protocol, readers]) => table.viewersBy(count(readers), protocolName(protocol)))
    .join(', ');
}
