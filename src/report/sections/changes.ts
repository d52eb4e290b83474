import { code } from '../markdown/markdown.ts';
import type { JudgedPage } from '../page/page.ts';
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
  const { images, others } = changed;
  const was = earlier?.isSameType === false ? earlier.modelType : undefined;
  const now = training?.modelType;
  const type = was === undefined || now === undefined ? [] : [`model type: ${code(now)} (was ${code(was)})`];
  const parts = [...(images === undefined ? [] : [images]), ...others, ...type];
  if (earlier === undefined || parts.length === 0) return [];
  return [`Changed since version${NBSP}${earlier.version}: ${parts.join(' · ')}`];
}
