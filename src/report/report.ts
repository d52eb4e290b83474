import type { Model } from '../gate/model.ts';
import { frontierSection } from './chart.ts';
import type { Conclusion, RunFacts } from './conclusion.ts';
import { headline, opening } from './headline.ts';
import { code, folded, list, sizeBytes } from './markdown.ts';
import { modelsSections } from './models-section.ts';
import { picksSection } from './picks-section.ts';
import { rulesSection } from './rules-section.ts';
import { runSection } from './run-section.ts';

/** The largest summary that GitHub takes is 1 MiB; a larger one is dropped whole (platform reference, section 3). */
export const SUMMARY_MAX_BYTES = 1_000_000;

/**
 * Renders the report, at most `maxBytes` in UTF-8: verdict first, then what it rests on. Where it would be larger,
 * whole rows of its tables are left out, and it says how many; where that is not enough, whole sections.
 */
export function renderReport(
  conclusion: Conclusion,
  run: RunFacts | undefined,
  maxBytes = SUMMARY_MAX_BYTES,
): string {
  return `${fitted(sections(conclusion, run, maxBytes), maxBytes).join('\n\n')}\n`;
}

const LEFT_OUT = "More is left out here to keep to GitHub's size limit; all is in the results file.";

/** The sections that fit, from the beginning on, with a line where those are not all. */
function fitted(all: readonly string[], maxBytes: number): readonly string[] {
  let left = maxBytes - sizeBytes(LEFT_OUT) - 3;
  const kept = all.filter((section) => {
    const size = sizeBytes(section) + 2;
    if (size > left) return false;
    left -= size;
    return true;
  });
  return kept.length === all.length ? kept : [...kept, LEFT_OUT];
}

/** Sections that are kept or left out as a whole. */
function sections(conclusion: Conclusion, run: RunFacts | undefined, maxBytes: number): readonly string[] {
  const share = Math.floor(maxBytes / 10);
  const head = [headline(conclusion), ...opening(conclusion, run, share)];
  const facts = run === undefined ? [] : [runSection(run, conclusion)];
  if (conclusion.kind !== 'judged') return [...head, ...facts];
  const before = [
    rulesSection(conclusion.verdict.rules, share),
    picksSection(conclusion, share),
    frontierSection(conclusion, share),
  ].flatMap(whole);
  const after = [facts, unreadableSection(conclusion.models, share)].flatMap(whole);
  const taken = [...head, ...before, ...after].reduce((sum, section) => sum + sizeBytes(section), 0);
  const models = modelsSections(conclusion, maxBytes - taken - SPARE_BYTES).flatMap(whole);
  return [...head, ...before, ...models, ...after];
}

/** For what stands around the models: blank lines, titles, and the lines that count what is left out. */
const SPARE_BYTES = 1_000;

function whole(part: readonly string[]): readonly string[] {
  return part.length === 0 ? [] : [part.join('\n\n')];
}

const MOST_UNREADABLE = 10;

/** Values that came in a form nothing can be judged by, as they came. */
function unreadableSection(models: readonly Model[], maxBytes: number): readonly string[] {
  const values = models.flatMap(({ id, unreadable }) => unreadable.map((value) => ({ id, ...value })));
  if (values.length === 0) return [];
  const items = values.map(({ id, name, raw }) => `${code(id)}: ${code(name)} came as ${code(raw)}`);
  const room = { most: MOST_UNREADABLE, maxBytes, where: 'all in the results file' };
  return [
    folded(
      values.length === 1
        ? '1 value that is taken as not reported'
        : `${values.length} values that are taken as not reported`,
      list(items, room),
    ),
  ];
}
