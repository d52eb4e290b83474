import type { Nodes, Root, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Markdown as GitHub reads it, by its source: links are what the source makes links, not what reads like one. */
export function parse(markdown: string): Root {
  if (latest?.markdown !== markdown) {
    const tree = fromMarkdown(markdown, {
      extensions: [gfm()],
      mdastExtensions: gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] })),
    });
    latest = { markdown, tree };
  }
  return latest.tree;
}

/** Several tests in a row look at one large report, and reading it is what takes most of their time. */
let latest: { readonly markdown: string; readonly tree: Root } | undefined;

/** `node` and everything in it. */
export function all(node: Nodes): readonly Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(all) : [])];
}

/** `text` with plain spaces where it may not break. */
export function breakable(text: string): string {
  return text.replaceAll('\u{a0}', ' ');
}

/** The text that a reader sees of `node`, with plain spaces. */
export function textOf(node: Nodes): string {
  return breakable(
    all(node)
      .map((each) => (each.type === 'text' || each.type === 'inlineCode' ? each.value : ''))
      .join(''),
  );
}

/** The text of `node` that GitHub looks through for mentions and references: all but code. */
export function proseOf(node: Nodes): string {
  let inCode = false;
  return all(node)
    .map((each) => {
      if (each.type === 'html' && /^<\/?code>$/.test(each.value)) inCode = each.value === '<code>';
      return each.type === 'text' && !inCode ? each.value : ' ';
    })
    .join('');
}

/** One part of a report: what stands under a heading. */
export interface Section {
  readonly heading: string;
  readonly tables: readonly Table[];
  /** The text of what it lists. */
  readonly items: readonly string[];
  /** How many rows it says that it left out. */
  readonly leftOut: number;
}

/** The parts of a report, by their headings of any level. */
export function sectionsOf(markdown: string): readonly Section[] {
  const sections: { heading: string; nodes: Nodes[] }[] = [];
  for (const node of parse(markdown).children) {
    const folded =
      node.type === 'html'
        ? /^<details><summary>(Training|Classes|\d+ values?)\b/.exec(node.value)?.[1]
        : undefined;
    if (node.type === 'heading') sections.push({ heading: textOf(node), nodes: [] });
    // What is folded at the end has no heading.
    else if (folded !== undefined) sections.push({ heading: folded, nodes: [] });
    else sections.at(-1)?.nodes.push(node);
  }
  return sections.map(({ heading, nodes }) => ({
    heading,
    tables: nodes.filter((node) => node.type === 'table'),
    items: nodes.flatMap((node) => (node.type === 'list' ? node.children.map(textOf) : [])),
    leftOut: nodes
      .map((node) => /^Left out here: ([\d,]+) of /.exec(textOf(node))?.[1]?.replaceAll(',', '') ?? '0')
      .reduce((sum, count) => sum + Number(count), 0),
  }));
}

/** How many rows a section has without the headers, in sight and folded. */
export function rowsIn({ tables }: Section): number {
  return tables.reduce((sum, table) => sum + table.children.length - 1, 0);
}
