import type { Preview } from '@mediamtx-monitor/types';
import { previewSchema } from '@mediamtx-monitor/types/schemas';
import { sendItems } from '../http/answer.ts';
import { listAnswer, route } from '../http/route.ts';
import type { ApiSettings } from '../settings.ts';

/** Where browsers can play streams. */
export const previews = route({
  path: '/api/previews',
  method: 'get',
  parameters: [],
  answers: listAnswer('The addresses, WebRTC’s first', previewSchema, 'Number of addresses'),
  described: {
    id: 'listPreviews',
    tag: 'data',
    summary: 'Where browsers can play streams',
    description:
      'As the settings have it: none unless set. Whether a stream can be played there is not looked at.',
  },
  handler: ({ response }, { previews: items }) => {
    sendItems(response, items);
  },
});

export type PreviewSettings = Pick<ApiSettings, 'PREVIEW_WEBRTC_URL' | 'PREVIEW_HLS_URL'>;

/** Where they can, by the settings. */
export function previewsOf({ PREVIEW_WEBRTC_URL, PREVIEW_HLS_URL }: PreviewSettings): readonly Preview[] {
  return [
    ...PREVIEW_WEBRTC_URL.map((address): Preview => ({ ...address, protocol: 'webrtc' })),
    ...PREVIEW_HLS_URL.map((address): Preview => ({ ...address, protocol: 'hls' })),
  ];
}
