import type { MissingPick } from '../../gate/picks.ts';
import type { UnknownReason } from '../../gate/rule-result.ts';
import { PLAIN, type Voice } from '../markdown/voice.ts';
import { lackWords } from './evaluation-lack.ts';
import { namesInSentence } from './names.ts';
import { NBSP, withUnit } from './numbers.ts';
import { metricInSentence, onHardware, onSplit, subjectInSentence } from './words.ts';

const LONGEST_REASON = 400;

interface WhyWords {
  /** As a heading has room for. */
  readonly short: string;
  /** What there is instead; undefined if the short words say everything. */
  readonly more?: string | undefined;
}

/** Why a rule cannot be judged, and what there is instead of what it needs. */
export function unknownWords(why: UnknownReason, voice: Voice): WhyWords {
  switch (why.kind) {
    case 'no-model':
      return { short: 'no metrics were reported' };
    case 'no-pick':
      return missingPickWords(why.missing, voice);
    case 'not-reported':
      return notReportedWords(why, voice);
    case 'no-figure':
      return noFigureWords(why, voice);
    case 'training-without-model':
      return { short: `${voice.name(why.modelType)} has no model` };
    case 'noise-unknown':
      return {
        short: 'its noise is not known',
        more: why.lack
          ? voice.prose(lackWords(why.lack).reason)
          : 'nothing tells how many objects the figure is of; write points in place of noise',
      };
    case 'baseline-not-set':
      return { short: 'no baseline is named to compare with' };
    case 'baseline-missing':
      return { short: `no baseline: ${voice.prose(why.reason, LONGEST_REASON)}`, more: 'no baseline' };
    case 'baseline-unread':
      return { short: `the baseline could not be read: ${voice.prose(why.error.message, LONGEST_REASON)}` };
    case 'baseline-itself':
      return { short: 'the baseline is this very training' };
    case 'baseline-not-reported':
    case 'baseline-not-comparable': {
      const { short, more } = unknownWords(why.why, voice);
      return { short: `${lackingName(why, voice)} cannot be compared with: ${short}`, more };
    }
  }
}

/** What a figure of the baseline was looked for in: `version 6`, or the results file that tells of it. */
export function lackingName(
  why: Of<'baseline-not-reported' | 'baseline-not-comparable'>,
  voice: Voice,
): string {
  return 'file' in why && why.file !== undefined ? voice.code(why.file) : `version${NBSP}${why.version}`;
}

/** The same as one plain clause. */
export function whyUnknown(why: UnknownReason): string {
  return inOneClause(unknownWords(why, PLAIN));
}

/** Why nothing can be picked for a target, as one plain clause. */
export function whyNoPick(missing: MissingPick): string {
  return inOneClause(missingPickWords(missing, PLAIN));
}

function inOneClause({ short, more }: WhyWords): string {
  const words = more === undefined || short.startsWith(more) ? short : `${short}; ${more}`;
  return words.replaceAll(NBSP, ' ');
}

type Of<Kind extends UnknownReason['kind']> = Extract<UnknownReason, { kind: Kind }>;

function notReportedWords(why: Of<'not-reported'>, voice: Voice): WhyWords {
  const { metrics, latencyMs, unreadable } = why.model;
  const reported = [
    ...[...metrics.keys()].map(metricInSentence),
    ...(why.metric === 'latency'
      ? [...latencyMs.keys()].map((name) => `latency${onHardware(name, voice)}`)
      : [...latencyMs.keys()].slice(0, 1).map(() => 'latency')),
  ];
  const came = unreadable
    .filter(({ name }) => name === why.metric || name.startsWith(`${why.metric}@`))
    .map(({ raw }) => `came as ${voice.code(raw)}; `);
  const because = why.lack === undefined ? '' : `; ${voice.prose(lackWords(why.lack).reason)}`;
  return {
    short: `${subjectInSentence({ ...why, ofClass: undefined, split: undefined }, voice)} ${NOT_THERE[why.lack?.kind ?? 'none']}`,
    more: `${came.join('')}reported: ${reported.length === 0 ? 'nothing' : reported.join(', ')}${because}`,
  };
}

const NOT_THERE = {
  none: 'was not reported',
  failed: 'was not reported',
  untimed: 'was not reported',
  running: 'is still being evaluated',
  unread: 'could not be read',
} as const;

function noFigureWords({ rule, why }: Of<'no-figure'>, voice: Voice): WhyWords {
  switch (why.kind) {
    case 'no-class': {
      return {
        short: `there is no class ${voice.name(why.name)}${onSplit(why.split)}`,
        more: `classes: ${namesInSentence(why.classes, voice)}`,
      };
    }
    case 'no-objects': {
      const name = why.name === undefined ? 'any class' : voice.name(why.name);
      return { short: `there are no objects of ${name}${onSplit(why.split)}` };
    }
    case 'not-there': {
      const { split, reported, lack } = why;
      const there = reported.map(metricInSentence).join(', ');
      const because = lack && voice.prose(lackWords(lack).reason);
      const instead =
        there === '' && because === undefined
          ? [`nothing like it was reported${onSplit(split)}`]
          : [there && `reported${onSplit(split)}: ${there}`, because].filter(Boolean);
      return {
        short: `${subjectInSentence(rule, voice)} ${NOT_THERE[lack?.kind ?? 'none']}`,
        more: instead.join('; '),
      };
    }
  }
}

/** Why there is no pick for a target, and what was measured. */
export function missingPickWords(missing: MissingPick, voice: Voice): WhyWords {
  const { hardware, budgetMs, measured } = missing;
  const on = onHardware(hardware, voice);
  const within = budgetMs === undefined ? '' : ` within ${withUnit(String(budgetMs), 'latency')}`;
  switch (missing.reason) {
    case 'over-budget': {
      const fastest = withUnit(String(missing.fastestMs), 'latency');
      return { short: `no model is${within}${on}`, more: `the fastest takes ${fastest}` };
    }
    case 'no-metric':
      return { short: `no model${within}${on} reports a metric to pick by` };
    case 'not-measured': {
      const names = namesInSentence(measured, voice);
      const instead = names === '' ? 'no latency was reported at all' : `measured: ${names}`;
      const because = missing.lack && voice.prose(lackWords(missing.lack).reason);
      return { short: `no model was measured${on}`, more: because ?? instead };
    }
  }
}
