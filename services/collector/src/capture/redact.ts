import { isLogin, isPlural, isSecretName, maskSecrets, REMOVED } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { maskText } from '../addresses.ts';

/** Something MediaMTX sent, without secrets. */
export interface Redacted {
  readonly value: unknown;
  /** How many values were changed because they hold a secret, or might; masked addresses don't count. */
  readonly removedSecrets: number;
}

/** Deeper than anything MediaMTX sends; what is below is taken away unseen. */
const MAX_DEPTH = 64;
/** Names that hold nothing but a name. */
const PLAIN_NAME = /^[\w-]*$/;
/** Text that may be JSON itself. */
const JSON_BEGIN = /^\s*[[{"]/;
/** Members that say what another one is, as in `{"name":"Authorization","value":"x"}`, and that one. */
const NAMING: ReadonlySet<string> = new Set(['name', 'key', 'header', 'field', 'param', 'option']);
const NAMED: ReadonlySet<string> = new Set(['value', 'values', 'val', 'content', 'data']);

/**
 * Takes secrets out of parsed JSON, by the names of members and by what texts look like, and masks IP addresses in
 * all texts. What is left has the same shape. Pure.
 */
export function redact(whole: unknown, privacy: AddressPrivacy): Redacted {
  let removedSecrets = 0;

  function removed(): string {
    removedSecrets += 1;
    return REMOVED;
  }

  function text(raw: string, depth: number): string {
    const inside = JSON_BEGIN.test(raw) ? jsonIn(raw) : undefined;
    if (inside !== undefined) {
      const before = removedSecrets;
      const value = visit(inside, depth + 1);
      if (removedSecrets > before) return JSON.stringify(value);
    }
    const cleaned = maskSecrets(raw);
    if (cleaned !== raw) removedSecrets += 1;
    return cleaned === REMOVED ? REMOVED : maskText(cleaned, privacy);
  }

  function secret(name: string, value: unknown): unknown {
    return isHarmless(name, value) ? value : removed();
  }

  function array(items: readonly unknown[], depth: number): unknown[] {
    return items.map((item, index) => {
      const before = index === 0 ? undefined : items[index - 1];
      if (typeof before !== 'string') return visit(item, depth);
      if (typeof item === 'string' && isLogin(before, item)) return removed();
      const isNamed = isSecretName(before) && isNaming(before, items);
      return isNamed ? secret(before, item) : visit(item, depth);
    });
  }

  function object(members: object, depth: number): object {
    const entries = Object.entries(members);
    const named = nameInside(entries);
    const free = new FreeNames();
    const member = (name: string, value: unknown): unknown => {
      if (named !== undefined && NAMED.has(name.toLowerCase())) return secret(named, value);
      // What names another member isn't a secret itself.
      if (named !== undefined && value === named) return value;
      return isSecretName(name) ? secret(name, value) : visit(value, depth);
    };
    const cleaned = entries.map(([name, value]) => {
      const shown = PLAIN_NAME.test(name) ? name : text(name, depth);
      return [free.take(shown), member(name, value)] as const;
    });
    return Object.fromEntries(cleaned);
  }

  function visit(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return text(value, depth);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) return removed();
    return Array.isArray(value) ? array(value, depth + 1) : object(value, depth + 1);
  }

  return { value: visit(whole, 0), removedSecrets };
}

/** Whether a value says nothing that could be secret, as a number of tokens. */
function isHarmless(name: string, value: unknown): boolean {
  if (value === '' || value === null || typeof value === 'boolean' || value === REMOVED) return true;
  return typeof value === 'number' && isPlural(name);
}

/** Whether an item names the next one: as an option of a command, or where the two are all there is. */
function isNaming(name: string, items: readonly unknown[]): boolean {
  return name.startsWith('-') || items.length === 2;
}

/** What a text holds as JSON, where it is an array, an object, or a text with one of them in it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The name of a secret, where it is the value of a member and another one has the value that goes with it. */
function nameInside(entries: readonly (readonly [string, unknown])[]): string | undefined {
  if (!entries.some(([name]) => NAMED.has(name.toLowerCase()))) return undefined;
  const [, name] = entries.find(([each]) => NAMING.has(each.toLowerCase())) ?? [];
  return typeof name === 'string' && isSecretName(name) ? name : undefined;
}

/** Gives each name a number where it was there already: masked ones may have become the same. */
class FreeNames {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  take(name: string): string {
    let count = (this.#counts.get(name) ?? 0) + 1;
    const numbered = (): string => (count === 1 ? name : `${name} ${count}`);
    while (this.#taken.has(numbered())) count += 1;
    this.#counts.set(name, count);
    this.#taken.add(numbered());
    return numbered();
  }
}
