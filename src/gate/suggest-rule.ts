import { percentOf } from '../lib/decimals.ts';
import { MAX_TYPOS, nearestChoice } from '../lib/suggest.ts';
import { lowerIsBetter, METRICS, type Metric, metricNamed } from './metric.ts';

/** What a line that is no rule was probably meant to be, most likely first. The caller must parse the texts. */
export function likelyRules(line: string, brackets = ''): readonly string[] {
  const signs = line
    .replace(/^(?:fail|error)\s*:\s*/iu, '')
    .replace(PREFIXES, cleanPrefixes)
    .replace(/[≥⩾]|=>|&gt;=?/gu, '>=')
    .replace(/[≤⩽]|=<|&lt;=?/gu, '<=')
    .replace(/@[\s@]+/gu, '@')
    .replace(/(\d),(\d)/gu, '$1.$2')
    .replace(/(baseline[^%]*)%/iu, '$1');
  const parts =
    /^((?:(?:warn|each): )*)\s*(.*?)\s*(>=|<=|>|<|==?|:|(?<=[\w\]])\s(?=[.\d]|baseline))\s*([^<>=]*)$/iu.exec(
      signs,
    );
  if (!parts) return [];
  const [, prefix = '', target = '', sign = '', bound = ''] = parts;
  if (/[<>=]/u.test(target)) return [];
  const metric = nearestTarget(target, brackets);
  if (metric === undefined) return [];
  const comparison = /[<>]/u.test(sign) ? sign : lowerIsBetter(metric.metric) ? '<=' : '>=';
  const bounds = [bound, bound.replace(/%|ms/giu, ''), asPercent(bound)];
  return bounds.map((each) => `${prefix}${metric.text} ${comparison} ${each.trim()}`.trim());
}

const PREFIXES = /^(?:(?:warn(?:ing)?|each|every|all)(?:\s*:\s*|\s+)(?=\S))+/iu;

/** Other words for the prefixes, without their colon or more than once. */
function cleanPrefixes(text: string): string {
  return `${/warn/iu.test(text) ? 'warn: ' : ''}${/each|every|all/iu.test(text) ? 'each: ' : ''}`;
}

function nearestTarget(
  target: string,
  brackets: string,
): { readonly metric: Metric; readonly text: string } | undefined {
  const named = metricNamed(target);
  if (named) return { metric: named, text: `${named}${brackets}` };
  const at = target.lastIndexOf('@');
  const [name, hardware] = at > 0 ? [target.slice(0, at), target.slice(at)] : [target, ''];
  const metric = metricNamed(name) ?? nearestMetric(name);
  return metric && { metric, text: `${metric}${brackets}${hardware}` };
}

/** In a short word at most half of the letters may be typos: `foo` is not `f1`. */
function nearestMetric(name: string): Metric | undefined {
  // With an "@" it is a metric and a place.
  if (name.includes('@')) return undefined;
  const word = name.toLowerCase().replace(/[^a-z0-9]/gu, '');
  if (word === 'map') return 'map50';
  return nearestChoice(word, METRICS, Math.min(MAX_TYPOS, word.length / 2));
}

function asPercent(bound: string): string {
  const fraction = /^(0?\.\d+|1(?:\.0+)?)\s*%?$/u.exec(bound.trim());
  return fraction ? String(percentOf(Number(fraction[1]))) : bound;
}
