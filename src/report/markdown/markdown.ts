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

/** A sentence that holds text from outside: nothing in it is markup, a mention, a link, an emoji or a reference. */
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

const utf8 = new TextEncoder();

/** How many bytes `text` takes in UTF-8, by which GitHub measures a summary. */
export function sizeBytes(text: string): number {
  return utf8.encode(text).length;
}

/** Content that is folded away under `summary`. The blank lines make GitHub read the content as Markdown. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** The blocks that `render` gives for as many rows in each table as keep the whole within `maxBytes`. */
export function fitted(
  render: (mostRows: number) => readonly string[],
  mostRows: number,
  maxBytes: number,
): string {
  const text = `${render(mostRows).join('\n\n')}\n`;
  if (sizeBytes(text) <= maxBytes || mostRows === 0) return text;
  return fitted(render, Math.floor(mostRows / 2), maxBytes);
}
