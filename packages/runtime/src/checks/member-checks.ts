/** Members of an object as it came: whoever reads one looks at what it is. */
export type StoredMembers = Readonly<Record<string, unknown>>;
export type MemberCheck = (value: unknown) => boolean;

const MAX_TEXT_LENGTH = 16_384;
const MAX_DURATION_MS = 100 * 366 * 86_400_000;

export const isText: MemberCheck = (value) => typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
/** In ms. What is longer than a century isn't ours, and no time is that much before another. */
export const isDuration: MemberCheck = (value) =>
  typeof value === 'number' && value >= 0 && value <= MAX_DURATION_MS;
export const isFlag: MemberCheck = (value) => typeof value === 'boolean';
export const orNull =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    value === null || check(value);
export const isNumber: MemberCheck = (value) => typeof value === 'number' && Number.isFinite(value);
/** A number of things. */
export const isCount: MemberCheck = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isOneOf =
  (words: readonly unknown[]): MemberCheck =>
  (value) =>
    words.includes(value);
export const isListOf =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** An object whose members are as they should be; it may have others. */
export const hasMembers =
  (checks: Readonly<Record<string, MemberCheck>>): MemberCheck =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const members = value as StoredMembers;
    return Object.entries(checks).every(([name, check]) => check(members[name]));
  };
/** Of what not all have, or a newer writer may leave out. */
export const optional =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    value === undefined || value === null || check(value);
