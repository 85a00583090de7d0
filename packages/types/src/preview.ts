/** How a browser can play a stream from MediaMTX itself. */
export const PREVIEW_PROTOCOLS = ['webrtc', 'hls'] as const;
export type PreviewProtocol = (typeof PREVIEW_PROTOCOLS)[number];

/** Where browsers can play the streams of a server. */
export interface Preview {
  /** Whose streams; `null`: those of all servers that have no address of their own for this protocol. */
  readonly server: string | null;
  readonly protocol: PreviewProtocol;
  /**
   * Address of MediaMTX's own port for it, http or https, without a slash at its end. A stream is below it:
   * `<url>/<name>/whep` for webrtc, `<url>/<name>/index.m3u8` for hls.
   */
  readonly url: string;
}
