/** One assignment of a file with settings. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Why programs that read such files disagree about the value; `null` where they agree. */
  readonly doubt: string | null;
  /** Whether systemd, which knows no comments behind a value, and backslashes everywhere, reads another value. */
  readonly isOtherForSystemd: boolean;
}

/** What a file with settings says, and what in it can't be understood, in words that show no value. */
export interface DotenvReading {
  readonly assignments: readonly Assignment[];
  readonly mistakes: readonly { readonly line: number; readonly what: string }[];
}

const QUOTE_IT = 'write the value in single quotes';
const ASSIGNMENT = /^[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*/;
const YAML_LIKE = /^[^\S\n]*(?:export\s+)?[A-Za-z_][\w.-]*\s*:/;
const BLANK = /^[^\S\n]*(?:#.*)?$/;
/** What may stand behind a closing quote. */
const BEHIND = /^(?:[^\S\n]+#.*|[^\S\n]*)$/;
const COMMENT = /[^\S\n]#.*$/;

/**
 * Reads the text of a `.env`: `NAME=value` with or without `export`, in quotes or not, comments behind `#`. Values mean
 * here what they mean to Docker Compose, except that `$` is a dollar sign. Every line is understood or a mistake. Pure.
 */
export function parseDotenv(text: string): DotenvReading {
  const assignments: Assignment[] = [];
  const mistakes: { line: number; what: string }[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (let index = 0; index < lines.length; index += 1) {
    const content = lines[index] ?? '';
    const line = index + 1;
    if (BLANK.test(content)) continue;
    const [begin = '', name] = ASSIGNMENT.exec(content) ?? [];
    if (name === undefined) {
      mistakes.push({
        line,
        what: YAML_LIKE.test(content)
          ? 'has a colon where NAME=value has an equals sign'
          : 'is no NAME=value',
      });
      continue;
    }
    const rest = content.slice(begin.length);
    const quote = rest.charAt(0);
    if (quote !== "'" && quote !== '"') {
      assignments.push({ name, line, ...plainValue(rest) });
      continue;
    }
    const quoted = quotedValue(lines, index, rest);
    if (typeof quoted === 'string') mistakes.push({ line, what: quoted });
    else
      assignments.push({
        name,
        line,
        value: quoted.value,
        doubt: quoted.doubt,
        isOtherForSystemd: quoted.isOther,
      });
    // What an open quote runs into would only be misunderstood.
    index = typeof quoted === 'string' ? index : quoted.lastIndex;
  }
  return { assignments, mistakes };
}

/** How a value begins that some readers take for a comment, or for quoted. */
const DOUBTFUL: ReadonlyMap<string, string> = new Map([
  ['#', 'a number sign, which some readers take for a comment'],
  ['`', 'a backquote, which some readers take for a quote'],
]);

function plainValue(rest: string): Pick<Assignment, 'value' | 'doubt' | 'isOtherForSystemd'> {
  const begin = DOUBTFUL.get(rest.charAt(0));
  const value = rest.replace(COMMENT, '').trim();
  return {
    value,
    doubt: begin === undefined ? null : `its value begins with ${begin}: ${QUOTE_IT}`,
    isOtherForSystemd: COMMENT.test(rest) || value.includes('\\'),
  };
}

interface Quoted {
  readonly value: string;
  readonly doubt: string | null;
  readonly isOther: boolean;
  readonly lastIndex: number;
}

/** The value that begins with a quote on the line at `first`, or what is wrong with it. */
function quotedValue(lines: readonly string[], first: number, rest: string): Quoted | string {
  const quote = rest.charAt(0);
  const parts: string[] = [];
  let part = rest.slice(1);
  for (let index = first; index < lines.length; index += 1) {
    if (index > first) part = lines[index] ?? '';
    const end = part.indexOf(quote);
    if (end < 0) {
      parts.push(part);
      continue;
    }
    const behind = part.slice(end + 1);
    if (!BEHIND.test(behind))
      return `has something behind the quote that ends its value; ${QUOTE_IT}, without one in it`;
    const value = [...parts, part.slice(0, end)].join('\n');
    const doubt =
      quote === '"' && value.includes('\\')
        ? `its value has a backslash in double quotes, which readers take for different things: ${QUOTE_IT}`
        : null;
    return { value, doubt, isOther: behind.trim() !== '', lastIndex: index };
  }
  return 'begins a quote that nothing ends';
}
