import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { ALIAS_TEXT, syntaxText } from './syntax-text.ts';

/** Where something stands: names of members, places in lists. */
export type MemberPath = readonly (string | number)[];

/** The text of a YAML file, parsed. */
export interface YamlFile {
  /** What YAML itself finds wrong, each with its line and column; nothing else can be asked for then. */
  readonly mistakes: readonly string[];
  /** What the file says; `undefined` where it says nothing, or there are mistakes. */
  readonly value: unknown;
  /** Where a mistake is, for people: the member itself, or the nearest one around it. */
  readonly placeOf: (path: MemberPath) => string;
}

function nodePlace(node: Node, lines: LineCounter): string {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return `line ${line}, column ${col}`;
}

/** The name of a member, or an entry of a list; `undefined` where the file hasn't got it. */
function nodeAt(document: Document, path: MemberPath): unknown {
  const around = document.getIn(path.slice(0, -1), true);
  const member = isMap(around)
    ? around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  return member?.key ?? document.getIn(path, true);
}

function positionOf(document: Document, lines: LineCounter, path: MemberPath): string {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node)) return nodePlace(node, lines);
  }
  return 'line 1, column 1';
}

/** What YAML itself finds wrong, and globs without quotes: to YAML, `*` begins an alias. Of what stands there nothing is told. */
function syntaxMistakes(document: Document, lines: LineCounter): readonly string[] {
  const mistakes = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return `line ${line}, column ${col}: ${syntaxText(error)}`;
  });
  // What is wrong in one place may be so for two rules.
  if (mistakes.length > 0) return [...new Set(mistakes)];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      mistakes.push(`${nodePlace(alias, lines)}: ${ALIAS_TEXT}`);
    },
  });
  return mistakes;
}

/** Parses the text of a YAML file. */
export function parseYaml(text: string): YamlFile {
  const lines = new LineCounter();
  // What the library only warns of it would print by itself, with what stands there.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const mistakes = syntaxMistakes(document, lines);
  const placeOf = (path: MemberPath): string => positionOf(document, lines, path);
  if (mistakes.length > 0) return { mistakes, value: undefined, placeOf };
  try {
    return { mistakes, value: (document.toJS() as unknown) ?? undefined, placeOf };
  } catch {
    // Aliases that stand for others, again and again: the library counts them.
    return {
      mistakes: [`${placeOf([])}: what begins with * stands for too much`],
      value: undefined,
      placeOf,
    };
  }
}
