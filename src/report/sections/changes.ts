import type { Checked } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import type { JudgedPage } from '../page/page.ts';
import { type Changed, changedWords } from '../words/changed-words.ts';
import { NBSP } from '../words/numbers.ts';

/** What changed since the version that is compared with, where a rule that compares is broken: that may be why. */
export function changesFirst(page: JudgedPage): readonly string[] {
  return isWhy(page) ? changesLine(page) : [];
}

/** The same where no such rule is broken. */
export function changesLast(page: JudgedPage): readonly string[] {
  return isWhy(page) ? [] : changesLine(page);
}

function isWhy({ judged }: JudgedPage): boolean {
  return judged.verdict.rules.some(({ state, rule }) => state === 'broken' && rule.bound.kind === 'baseline');
}

function changesLine({ earlier, changed, training }: JudgedPage): readonly string[] {
  if (earlier === undefined) return [];
  const was = earlier.isSameType ? undefined : earlier.modelType;
  const now = training?.modelType;
  const type = was === undefined || now === undefined ? [] : [`model type: ${code(now)} (was ${code(was)})`];
  return changedSince(earlier.version, changed, type);
}

/** The same of a dry run, since each baseline. */
export function changesToCome({ version, baselines, datasets }: Checked): readonly string[] {
  if (version.kind === 'new' || version.version === undefined || datasets === undefined) return [];
  const now = datasets.get(version.version);
  const lines = baselines.flatMap((baseline) => {
    if (baseline.kind !== 'training') return [];
    return changedSince(baseline.version, changedWords(now, datasets.get(baseline.version)), []);
  });
  return [...new Set(lines)];
}

function changedSince(
  version: number,
  { images, others }: Changed,
  type: readonly string[],
): readonly string[] {
  const parts = [...(images === undefined ? [] : [images]), ...others, ...type];
  return parts.length === 0 ? [] : [`Changed since version${NBSP}${version}: ${parts.join(' · ')}`];
}
