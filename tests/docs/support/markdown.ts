/** A row of a table; what is not there is ''. */
export interface TableRow {
  /** Text of the first column. */
  readonly first: string;
  /** Text of a column, by its heading. */
  readonly cell: (heading: string) => string;
  /** All that stands behind the first column. */
  readonly rest: string;
}

export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

const FENCE = /^```.*?^```$/gms;

/** A code block. */
export interface CodeBlock {
  readonly language: string;
  /** What stands behind the language; it isn't shown to readers. */
  readonly mark: string;
  readonly code: string;
  /** Line of the document at which the code begins, from 1. */
  readonly line: number;
}

const BLOCK = /^```(\w+)(?: (\w+))?\n(.*?)^```$/gms;

/** All code blocks that say their language, in order. */
export function blocksOf(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(BLOCK)].map(
    ({ 0: whole, 1: language = '', 2: mark = '', 3: code = '', index }) => {
      const line = markdown.slice(0, index + whole.indexOf(code)).split('\n').length;
      return { language, mark, code, line };
    },
  );
}

/** Contents of inline code: `this`. */
export function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** All that is set as code, inline or in blocks. */
export function allCode(markdown: string): string[] {
  return [...(markdown.match(FENCE) ?? []), ...codeSpans(withoutBlocks(markdown))];
}

/** The text without its code blocks. */
export function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(FENCE, '');
}

/** All tables, in order. */
export function tablesOf(markdown: string): Table[] {
  const blocks = withoutBlocks(markdown).match(/(?:^\|.*\|$\n?)+/gm) ?? [];
  return blocks.map((block) => {
    const [headings = [], , ...rows] = block.trim().split('\n').map(cellsOf);
    return { headings, rows: rows.map((cells) => rowOf(headings, cells)) };
  });
}

/** Rows of all tables whose first columns have these headings. */
export function rowsUnder(markdown: string, ...headings: readonly string[]): TableRow[] {
  return tablesOf(markdown)
    .filter((table) => headings.every((heading, index) => table.headings[index] === heading))
    .flatMap(({ rows }) => rows);
}

/** Names by which a link can point at a heading, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  return [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function rowOf(headings: readonly string[], cells: readonly string[]): TableRow {
  const [first = '', ...rest] = cells;
  return { first, rest: rest.join(' '), cell: (heading) => cells[headings.indexOf(heading)] ?? '' };
}
