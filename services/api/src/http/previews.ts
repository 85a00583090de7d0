import type { SettingValues } from '@mediamtx-monitor/runtime';
import type { Preview } from '@mediamtx-monitor/types';

export type PreviewSettings = Pick<SettingValues, 'PREVIEW_WEBRTC_URL' | 'PREVIEW_HLS_URL'>;

/** Where browsers can play streams, by the settings. */
export function previewsOf({ PREVIEW_WEBRTC_URL, PREVIEW_HLS_URL }: PreviewSettings): readonly Preview[] {
  return [
    ...PREVIEW_WEBRTC_URL.map((address): Preview => ({ ...address, protocol: 'webrtc' })),
    ...PREVIEW_HLS_URL.map((address): Preview => ({ ...address, protocol: 'hls' })),
  ];
}
