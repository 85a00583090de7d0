/** What MediaMTX 1.20 can be asked for under `/v3`. All but `info` are lists. */
export const LIST_NAMES = [
  'info',
  'paths',
  'srtconns',
  'rtspconns',
  'rtspsessions',
  'rtspsconns',
  'rtspssessions',
  'rtmpconns',
  'rtmpsconns',
  'hlsmuxers',
  'hlssessions',
  'webrtcsessions',
  'moqsessions',
  'recordings',
] as const;
export type SimulatedListName = (typeof LIST_NAMES)[number];

/** Whether a text names one of {@link LIST_NAMES}. */
export function isListName(text: unknown): text is SimulatedListName {
  return (LIST_NAMES as readonly unknown[]).includes(text);
}
