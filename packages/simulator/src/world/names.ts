const FIRST_NAMES = [
  'cam/stage-left',
  'studio-1',
  'cam/stage-right',
  'obs/main',
  'remote/harbour',
  'guest/interview',
  'studio-2',
  'cam/crowd',
  'lobby',
  'remote/stadium',
  'archive/loop',
  'drone-1',
] as const;

/** The name of the nth stream: a dozen plausible ones, then `stream-00012` and so on. */
export function streamName(number: number): string {
  return FIRST_NAMES[number] ?? `stream-${String(number).padStart(5, '0')}`;
}
