/** Repeatable randomness: the same seed gives the same fleet. Not for secrets. */

/** A source of numbers in [0, 1). */
export type Random = () => number;

/** Hashes a text to an unsigned 32-bit seed (FNV-1a with a final mix). */
export function seedFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** A sequence of numbers in [0, 1) that depends on the seed only. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 2 ** 32;
  };
}

/** One number in [0, 1) for a seed and a step: noise that needs no memory. */
export function noise(seed: number, step: number): number {
  return mix(seed ^ Math.imul(step, 0x9e3779b9)) / 2 ** 32;
}

/** A version 4 UUID, as MediaMTX gives every connection. */
export function uuidFrom(random: Random): string {
  const hex = [0, 1, 2, 3].map(() => hex32(random)).join('');
  const variant = '89ab'.charAt(Math.floor(random() * 4));
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function hex32(random: Random): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
