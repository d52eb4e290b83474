import fc from 'fast-check';

const WORDS = `
| \` \`\` \`\`\` * ** _ __ ~~ # <!-- --> <b> </code> </details> <https://x.y> [ ] ]( ) ![ [^1] & &amp;
&#124; ; @ @everyone @a/b a@b.cd #1 GH-1 a/b#2 http://x.y https:// www.x.yz WWW. mailto: --- === $
$$ : :// " ' %% x-axis { } <script> a Z 0 ü 大 🚀 || ~ ## > < [x] &# &#1 www.x.y // ! xmpp: ftp://x.y
`;

/** With blanks, and what only an escape can write. */
const OTHERS = `
## |> |<img src=x>|- |1. |    | |%%{init: {}}%%|line [1, 2]|# |+ |* |1) 
`;

/** Pieces that mean something to Markdown, HTML, GitHub or Mermaid, to be strung together so that they meet each other often. */
export const pieces = fc.constantFrom(
  ...WORDS.trim().split(/\s+/u),
  ...OTHERS.slice(1, -1).split('|'),
  ...['\\', '\\|', '\t', '\n', '\r\n', '\n\n', '\u{200b}', '\u{202e}', '\u{2028}', '\u{301}'],
);
