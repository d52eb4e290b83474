import type { WhyNoFigure } from '../../gate/measure-figure.ts';
import type { UnknownReason } from '../../gate/rule-result.ts';
import { nearestChoice } from '../../lib/suggest.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { lackWords } from '../words/evaluation-lack.ts';
import { namesInSentence } from '../words/names.ts';
import { NBSP } from '../words/numbers.ts';
import { missingWords } from '../words/verdict.ts';
import { metricInSentence, splitWord } from '../words/words.ts';

/** What stands beside a rule that could not be judged: what there is instead, as far as the heading does not say it. */
export function unknownWords(why: UnknownReason): string {
  switch (why.kind) {
    case 'no-model':
      return 'no metrics were reported';
    case 'no-pick':
      return missingWords(why.missing, MARKDOWN);
    case 'not-reported': {
      const { metrics, latencyMs } = why.model;
      const reported = [
        ...[...metrics.keys()].map(metricInSentence),
        ...(latencyMs.size > 0 ? ['latency'] : []),
      ];
      const raw = why.model.unreadable.find(({ name }) => name === why.metric);
      const came = raw === undefined ? '' : `came as ${MARKDOWN.code(raw.raw)}; `;
      return `${came}reported: ${reported.length === 0 ? 'nothing' : reported.join(', ')}`;
    }
    case 'no-figure':
      return noFigureWords(why.why);
    case 'training-without-model':
      return `${MARKDOWN.name(why.modelType)} has no model`;
    case 'baseline-not-set':
      return 'no baseline was named';
    case 'baseline-missing':
      return 'no baseline';
    case 'baseline-unread':
      return `the baseline could not be read: ${MARKDOWN.prose(why.error.message)}`;
    case 'baseline-not-reported':
    case 'baseline-not-comparable':
      return `version${NBSP}${why.version}: ${unknownWords(why.why)}`;
  }
}

function noFigureWords(why: WhyNoFigure): string {
  switch (why.kind) {
    case 'no-class': {
      const meant = nearestChoice(why.name, why.classes);
      const classes = namesInSentence(why.classes, MARKDOWN);
      return meant === undefined
        ? `classes: ${classes}`
        : `did you mean ${MARKDOWN.name(meant)}? Classes: ${classes}`;
    }
    case 'no-objects':
      return `no objects on ${splitWord(why.split)}`;
    case 'not-there':
      return notThereWords(why);
  }
}

function notThereWords({ split, reported, lack }: Extract<WhyNoFigure, { kind: 'not-there' }>): string {
  const there = reported.map(metricInSentence).join(', ');
  const parts = [
    ...(there === '' ? [] : [`reported on ${splitWord(split)}: ${there}`]),
    ...(lack === undefined ? [] : [MARKDOWN.prose(lackWords(lack).reason)]),
  ];
  return parts.length === 0 ? `nothing like it was reported on ${splitWord(split)}` : parts.join('; ');
}
