import type { Model } from '../gate/model.ts';
import type { Conclusion, TrainingFacts } from './conclusion.ts';
import { frontierSection } from './sections/chart.ts';
import { modelsSections } from './sections/models.ts';
import { opening } from './sections/opening.ts';
import { picksSection } from './sections/picks.ts';
import { rulesSection } from './sections/rules.ts';
import { runSection } from './sections/run.ts';
import { code, folded, list, sizeBytes } from './text/markdown.ts';
import { beginningOfIds, type Page } from './text/page.ts';
import { verdictLine } from './text/verdict-line.ts';

/** The largest summary that GitHub takes is 1 MiB; a larger one is dropped whole (docs/github.md#limits). */
const SUMMARY_MAX_BYTES = 1_000_000;

/** How large the report may be, and where the reader of this one finds the rest. */
export interface ReportOptions {
  /** In UTF-8. */
  readonly maxBytes?: number;
  /** As Markdown, in the middle of a sentence. */
  readonly wholeAt?: string;
}

/**
 * Renders the report: verdict first, then what it rests on. Where it would be larger than it may be, whole rows of its
 * tables are left out, and it says how many; where that is not enough, whole sections.
 */
export function renderReport(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  { maxBytes = SUMMARY_MAX_BYTES, wholeAt = 'the results file' }: ReportOptions = {},
): string {
  const idsBegin = conclusion.kind === 'judged' ? beginningOfIds(conclusion.models, run) : '';
  const page = { wholeAt, idsBegin };
  return `${fitted(sections(conclusion, run, page, maxBytes), page, maxBytes).join('\n\n')}\n`;
}

/** The sections that fit, from the beginning on, with a line where those are not all. */
function fitted(all: readonly string[], { wholeAt }: Page, maxBytes: number): readonly string[] {
  const leftOut = `More is left out here to keep to GitHub's size limit; all is in ${wholeAt}.`;
  let left = maxBytes - sizeBytes(leftOut) - 3;
  const kept = all.filter((section) => {
    const size = sizeBytes(section) + 2;
    if (size > left) return false;
    left -= size;
    return true;
  });
  return kept.length === all.length ? kept : [...kept, leftOut];
}

/** Sections that are kept or left out as a whole. */
function sections(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  page: Page,
  maxBytes: number,
): readonly string[] {
  const share = Math.floor(maxBytes / 10);
  const head = [verdictLine(conclusion), ...opening(conclusion, run, share)];
  const facts = run === undefined ? [] : [runSection(run, conclusion, page)];
  if (conclusion.kind !== 'judged') return [...head, ...facts];
  const before = [
    rulesSection(conclusion.verdict.rules, page, share),
    picksSection(conclusion, page, share),
    // Its lines take a thousand bytes each, before the first point of the table.
    frontierSection(conclusion, page, 2 * share),
  ].flatMap(whole);
  const after = [facts, unreadableSection(conclusion.models, page, share)].flatMap(whole);
  const taken = [...head, ...before, ...after].reduce((sum, section) => sum + sizeBytes(section), 0);
  const models = modelsSections(conclusion, page, maxBytes - taken - SPARE_BYTES).flatMap(whole);
  return [...head, ...before, ...models, ...after];
}

/** For what stands around the models: blank lines, titles, and the lines that count what is left out. */
const SPARE_BYTES = 1_000;

function whole(part: readonly string[]): readonly string[] {
  return part.length === 0 ? [] : [part.join('\n\n')];
}

const MOST_UNREADABLE = 10;

/** Values that came in a form nothing can be judged by, as they came. */
function unreadableSection(models: readonly Model[], { wholeAt }: Page, maxBytes: number): readonly string[] {
  const values = models.flatMap(({ id, unreadable }) => unreadable.map((value) => ({ id, ...value })));
  if (values.length === 0) return [];
  const items = values.map(({ id, name, raw }) => `${code(id)}: ${code(name)} came as ${code(raw)}`);
  const room = { most: MOST_UNREADABLE, maxBytes, where: `all in ${wholeAt}` };
  return [
    folded(
      values.length === 1
        ? '1 value that is taken as not reported'
        : `${values.length} values that are taken as not reported`,
      list(items, room),
    ),
  ];
}
