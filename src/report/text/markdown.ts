import { markdownTable } from 'markdown-table';

/** Ids and names are shown up to this length; what is longer tells nobody anything. */
const LONGEST_NAME = 300;
/** Sentences may list what is valid, and are shown up to this length. */
const LONGEST_SENTENCE = 2_000;
/** A sentence that has to share its line or its cell with others is shown up to this length. */
export const LONGEST_PHRASE = 400;

/** `text` from outside on one line, without control, bidirectional and other invisible characters. */
export function plainLine(text: string, longest = LONGEST_NAME): string {
  const line = text
    .replace(/[\s\u{2028}\u{2029}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return line.length > longest ? `${[...line.slice(0, longest)].slice(0, -1).join('')}...` : line;
}

/** A name or id from outside, as code: there no mention, link or markup is alive. */
export function code(text: string): string {
  const line = plainLine(text);
  if (line === '') return '(empty)';
  return /[`|\\]/.test(line) ? `<code>${unlinked(entities(line))}</code>` : `\`${line}\``;
}

/**
 * A sentence that holds text from outside, to be read as a sentence: nothing in it is markup, a mention, a link, an
 * emoji or a reference to an issue.
 */
export function prose(text: string, longest = LONGEST_SENTENCE): string {
  return unlinked(entities(plainLine(text, longest)))
    .replace(/(?<=&#35;)(?=\w)|(?<=(?<!&)#)(?=\w)|(?<=\bGH-)(?=\d)|(?<=:)(?=[\w+-]+:)/gi, BREAK)
    .replace(/^(?:[-+=]|\d(?=\d*[.)]))/, (first) => `&#${first.charCodeAt(0)};`);
}

/** A character of no width, which takes apart what GitHub would make a link or a mention of. */
const BREAK = '&#8203;';

/** `text` without anything that turns into a link by itself: mentions, mail and web addresses. */
function unlinked(text: string): string {
  return text
    .replace(/@/g, `@${BREAK}`)
    .replace(/(www)\./gi, '$1&#46;')
    .replace(/(mailto|xmpp):/gi, '$1&#58;');
}

/** Characters that Markdown or HTML could give a meaning to where they stand, as references, which neither does. */
function entities(text: string): string {
  return text.replace(MARKUP, (char) => `&#${char.charCodeAt(0)};`);
}

/** An underscore inside a word, a comparison sign before a number and the like mean nothing and stay readable. */
const MARKUP =
  /[|`*[\]\\~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?])|^>|&(?=#|\w+;)|:(?=\/\/)|^#/giu;

/** A table and how many of its rows had to be left out. */
export interface ClippedTable {
  /** The table; nothing where not even its header fits. */
  readonly text: readonly string[];
  readonly leftOut: number;
}

const utf8 = new TextEncoder();

/** How many bytes `text` takes in UTF-8, by which GitHub measures a summary. */
export function sizeBytes(text: string): number {
  return utf8.encode(text).length;
}

/** Cells wider than this are not worth aligning a table's source for. */
const WIDEST_ALIGNED_CELL = 60;
const MOST_ALIGNED_ROWS = 40;

/**
 * A GFM table of ready-made cells. Rows that would make it larger than `maxBytes` are left out whole, from the end.
 * @param align one letter a column: `l` or `r`
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[],
  maxBytes: number,
): ClippedTable {
  const aligned =
    rows.length <= MOST_ALIGNED_ROWS &&
    [header, ...rows].every((row) => row.every((cell) => cell.length <= WIDEST_ALIGNED_CELL));
  const render = (some: readonly (readonly string[])[], alignDelimiters: boolean) =>
    markdownTable([header, ...some], { align, alignDelimiters });
  const whole = aligned ? render(rows, true) : undefined;
  if (whole !== undefined && sizeBytes(whole) <= maxBytes) return { text: [whole], leftOut: 0 };
  const left = maxBytes - sizeBytes(render([], false));
  if (left < 0) return { text: [], leftOut: rows.length };
  const kept = fitting(rows, left, (row) => `\n| ${row.join(' | ')} |`);
  return { text: [render(kept, false)], leftOut: rows.length - kept.length };
}

/** The first of `items`, as many as take `maxBytes` as `written`. */
function fitting<Item>(
  items: readonly Item[],
  maxBytes: number,
  written: (item: Item) => string,
): readonly Item[] {
  let left = maxBytes;
  const end = items.findIndex((item) => {
    left -= sizeBytes(written(item));
    return left < 0;
  });
  return end === -1 ? items : items.slice(0, end);
}

/** Says how many rows a table had to leave out, and where the whole is; nothing where the table is whole. */
export function leftOutLine(count: number, what: string, wholeAt: string): readonly string[] {
  return count === 0
    ? []
    : [`${count} ${what} more are left out here to keep to GitHub's size limit; all are in ${wholeAt}.`];
}

/** How much of a list is shown, and where the rest is to be found. */
export interface ListRoom {
  readonly most: number;
  readonly maxBytes: number;
  readonly where: string;
}

/** A list of `items`, ready-made Markdown, the first of them; where there are more, it says how many and where they are. */
export function list(items: readonly string[], { most, maxBytes, where }: ListRoom): string {
  const kept = fitting(items.slice(0, most), maxBytes, (item) => `- ${item}\n`);
  const hidden = items.length - kept.length;
  const more = hidden === 0 ? [] : [`${kept.length === 0 ? '' : 'and '}${hidden} more, ${where}`];
  return [...kept, ...more].map((item) => `- ${item}`).join('\n');
}

/** Content that is folded away under `summary`. The blank lines make GitHub read the content as Markdown. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
