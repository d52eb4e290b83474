import type { Conclusion } from '../../src/report/conclusion.ts';
import { renderComment } from '../../src/report/report.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { all, parse, proseOf, textOf } from './parsed.ts';

/** HTML that is ours. */
const OURS =
  /^(?:<details><summary>(?:Training: times, ids, sources|Classes(?: on test)?, weakest first: (?:[^<]|<(?![a-z/!?]))+|[\d,]+ more class(?:es)?|[\d,]+ more models?(?:, [\d,]+ of them without metrics)?|(?:1 value that is|(?!1 )\d+ values that are) taken as not reported)<\/summary>|<\/details>|<\/?(?:code|sub)>)$/i;
const OUR_LINKS = /^https:\/\/(?:app\.roboflow\.com|github\.com)\/acme\//;

/** Kinds of nodes that could only come from outside, or not at all. */
const NEVER = [
  ...['image', 'imageReference', 'linkReference', 'definition', 'footnoteReference', 'footnoteDefinition'],
  ...['blockquote', 'thematicBreak', 'delete', 'emphasis'],
];

/** Whatever in `report` no report of ours has: HTML, links, mentions, ragged tables. */
export function strangersIn(report: string, mayQuote = false): readonly string[] {
  const nodes = all(parse(report));
  return [
    ...nodes.flatMap((node) =>
      node.type === 'html' && !OURS.test(node.value) ? [`html ${node.value}`] : [],
    ),
    ...nodes.flatMap((node) =>
      node.type === 'link' && !OUR_LINKS.test(node.url) ? [`link ${node.url}`] : [],
    ),
    ...nodes.flatMap(({ type }) =>
      NEVER.includes(type) && !(mayQuote && type === 'blockquote') ? [type] : [],
    ),
    ...nodes.flatMap((node) =>
      node.type === 'code' && node.lang !== 'mermaid' ? [`code ${node.value}`] : [],
    ),
    ...nodes.flatMap((node) =>
      node.type === 'heading' && node.depth !== 2 && node.depth !== 3 ? ['heading'] : [],
    ),
    ...(proseOf(parse(report)).match(/(?<![\w\u{200b}])@[\w]|(?<![\w&])#\d|\bGH-\d/giu) ?? []).map(
      (each) => `live ${each}`,
    ),
    ...nodes.flatMap((node) =>
      node.type === 'table' &&
      node.children.some(({ children }) => children.length !== node.children[0]?.children.length)
        ? [`ragged table ${node.children[0]?.children.length}`]
        : [],
    ),
  ];
}

const origin = { runUrl: 'https://github.com/acme/hard-hats/actions/runs/42', sha: '3f2c1ab9d0b5b57875f3' };

/** The comment that tells of `conclusion`. */
export function commentOf(conclusion: Conclusion, run: TrainingFacts | undefined): string {
  return renderComment(conclusion, run, origin);
}

/** The lines that stand in `report` twice, and headings over nothing. */
export function repeatedIn(report: string): readonly string[] {
  const lines = parse(report).children.flatMap((node) => (node.type === 'paragraph' ? [textOf(node)] : []));
  const twice = lines.filter((line, index) => lines.indexOf(line) !== index);
  return [...twice, ...(report.match(/^###[^\n]*\n\n(?:###|<details>|$)/gm) ?? [])];
}
