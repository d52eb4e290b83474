import { MOST_SLIPS, nearestChoice } from '../lib/suggest.ts';
import { lowerIsBetter, METRICS, type Metric, metricNamed, percentOf } from './metric.ts';

/**
 * Texts that `line` was probably meant to be, with the usual slips mended: another sign for the comparison or none at
 * all, a slip in the metric's name, a fraction for a percentage, a decimal comma. They need not be rules.
 */
export function repairedRule(line: string): readonly string[] {
  const signs = line
    .replace(/^(?:fail|error)\s*:\s*/iu, '')
    .replace(/^warn(?:ing)?(?:\s*:\s*|\s+)(?=\S)/iu, 'warn: ')
    .replace(/[≥⩾]|=>|&gt;=?/gu, '>=')
    .replace(/[≤⩽]|=<|&lt;=?/gu, '<=')
    .replace(/@[\s@]+/gu, '@')
    .replace(/(\d),(\d)/gu, '$1.$2')
    .replace(/(baseline[^%]*)%/iu, '$1');
  const parts =
    /^(warn\s*:)?\s*(.*?)\s*(>=|<=|>|<|==?|:|(?<=[\w\]])\s(?=[.\d]|baseline))\s*([^<>=]*)$/iu.exec(signs);
  if (!parts) return [];
  const [, warn = '', target = '', sign = '', bound = ''] = parts;
  if (/[<>=]/u.test(target)) return [];
  const metric = nearestTarget(target);
  if (metric === undefined) return [];
  const comparison = /[<>]/u.test(sign) ? sign : lowerIsBetter(metric.metric) ? '<=' : '>=';
  const bounds = [bound, bound.replace(/%|ms/giu, ''), asPercent(bound)];
  return bounds.map((each) => `${warn} ${metric.text} ${comparison} ${each.trim()}`.trim());
}

function nearestTarget(target: string): { readonly metric: Metric; readonly text: string } | undefined {
  const named = metricNamed(target);
  if (named) return { metric: named, text: named };
  const at = target.lastIndexOf('@');
  const [name, hardware] = at > 0 ? [target.slice(0, at), target.slice(at)] : [target, ''];
  const metric = metricNamed(name) ?? nearestMetric(name);
  return metric && { metric, text: `${metric}${hardware}` };
}

/** Of a short word, at most half may be slips: `foo` is not `f1`. */
function nearestMetric(name: string): Metric | undefined {
  const word = name.toLowerCase().replace(/[^a-z0-9]/gu, '');
  if (word === 'map') return 'map50';
  return nearestChoice(word, METRICS, Math.min(MOST_SLIPS, word.length / 2));
}

function asPercent(bound: string): string {
  const fraction = /^(0?\.\d+|1(?:\.0+)?)\s*%?$/u.exec(bound.trim());
  return fraction ? String(percentOf(Number(fraction[1]))) : bound;
}
