/** The anchor that GitHub gives to a heading: its text in lower case, with dashes for spaces and without other signs. */
export function slugOf(heading: string): string {
  return textOf(heading)
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The text of a heading as a reader sees it: of a link its words, and no marks of code or emphasis. */
function textOf(heading: string): string {
  return heading
    .trim()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '');
}

/** The anchors of all headings of a Markdown page, in order. A slug that comes again gets a number, as on GitHub. */
export function anchorsOf(markdown: string): readonly string[] {
  const anchors: string[] = [];
  for (const [, heading = ''] of withoutFences(markdown).matchAll(/^#{1,6} +(.+)$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let count = 1; anchors.includes(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.push(anchor);
  }
  return anchors;
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
}

/** A place in the documentation that a comment or a page names as its source. */
export interface Citation {
  /** From the project's root. */
  readonly page: string;
  readonly anchor: string;
}

/**
 * Every citation in `text`. One may name several headings of a page (`page.md#one, #two`), and may go on in the next
 * line of a comment.
 */
export function citationsIn(text: string): readonly Citation[] {
  const joined = text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)?[ \t]*/g, ' ');
  return [...joined.matchAll(/(docs\/(?:internals\/)?[\w-]+\.md)(#[\w-]+(?:, ?#[\w-]+)*)/g)].flatMap(
    ([, page = '', anchors = '']) =>
      anchors.split(',').map((anchor) => ({ page, anchor: anchor.trim().slice(1) })),
  );
}
