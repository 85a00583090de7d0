/** The light build is the same class without subtitles, alternate audio and DRM, but ships no types of its own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
