import { typesWithoutStock } from '../../gate/model.ts';
import { type Against, earlierVersion } from '../against.ts';
import { againstOf, type Conclusion, comparisonOf, type TrainingFacts } from '../conclusion.ts';
import { code, folded } from '../markdown/markdown.ts';
import { type Column, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { type Compared, comparedOf } from '../page/compared.ts';
import type { JudgedPage, Page } from '../page/page.ts';
import { imagesWords } from '../words/images-words.ts';
import { NBSP } from '../words/numbers.ts';
import { comparedMetrics } from './comparison.ts';
import { sourceWords, timesWords, trainingRows, trainingWords } from './training-rows.ts';

const LONGEST_PHRASE = 400;
const TITLE = 'Training: times, ids, sources';

type Fact = readonly [name: string, value: string];

/** Where the figures come from: all that is left to say of what was judged, folded away. */
export function judgedTrainingSection(page: JudgedPage): readonly string[] {
  const { training, compared } = page;
  if (compared === undefined) return training === undefined ? [] : trainingSection(training, page, page);
  const common = [...(training === undefined ? [] : imagesFact(training, page)), ...comparedFact(page)];
  return [severalFolded(compared, common, page)];
}

/** The same of what was not judged: one training, or several; nothing if none is known. */
export function unjudgedTrainingSection(conclusion: Conclusion, page: Page): readonly string[] {
  const compared = comparedOf(comparisonOf(conclusion));
  const against = againstOf(conclusion);
  if (compared !== undefined)
    return [severalFolded(compared, against === undefined ? [] : againstFact(against), page)];
  return page.training === undefined ? [] : trainingSection(page.training, page);
}

function severalFolded(compared: Compared, common: readonly Fact[], page: Page): string {
  const lines = common.map(([name, value]) => `${name}: ${value}.`);
  return folded(TITLE, [...trainingRows(compared, page), ...lines].join('\n\n'));
}

function trainingSection(training: TrainingFacts, page: Page, judged?: JudgedPage): readonly string[] {
  const facts: readonly Fact[] = [
    ...modelFacts(judged),
    ['Training', trainingWords(training)],
    ...timesFact(training),
    ...imagesFact(training, judged),
    ...(judged === undefined ? [] : metricsFact(training)),
    ...comparedFact(judged),
    ...idsFact(judged),
    ['Route', phrase(training.route)],
  ];
  // Markdown has no table without a header: the first fact stands there.
  const [[name, value] = ['', ''], ...items] = facts;
  const columns: readonly Column<Fact>[] = [
    { title: name, align: 'l', cell: (fact) => fact[0] },
    { title: value, align: 'l', cell: (fact) => fact[1] },
  ];
  const content = table({ items, columns, noun: 'facts' }, { ...page, mostRows: items.length });
  return [folded(TITLE, content.join('\n\n'))];
}

function phrase(text: string): string {
  return MARKDOWN.prose(text, LONGEST_PHRASE);
}

/** The one model; or what the models of a search are called, if not as the training. */
function modelFacts(page: JudgedPage | undefined): readonly Fact[] {
  if (page === undefined) return [];
  const { judged, training } = page;
  const [model, ...others] = judged.models;
  if (model !== undefined && others.length === 0) return [['Model', code(model.id)]];
  const [type, ...otherTypes] = typesWithoutStock(judged.models);
  const isOther = type !== undefined && otherTypes.length === 0 && type !== training?.modelType;
  return isOther ? [['Models', `of type ${code(type)}`]] : [];
}

function timesFact(training: TrainingFacts): readonly Fact[] {
  const words = timesWords(training);
  return words === '' ? [] : [['Times', words]];
}

/** Unless the comparison has said it. */
function imagesFact(
  { images, imagesBefore }: TrainingFacts,
  judged: JudgedPage | undefined,
): readonly Fact[] {
  const words = imagesWords(images, judged?.earlier && imagesBefore);
  const isSaid = judged !== undefined && comparedMetrics(judged).length > 0;
  return words === undefined || isSaid ? [] : [['Images', words]];
}

function metricsFact(training: TrainingFacts): readonly Fact[] {
  const words = sourceWords(training);
  return words === '' ? [] : [['Metrics', words]];
}

function comparedFact(page: JudgedPage | undefined): readonly Fact[] {
  if (page === undefined) return [];
  const { judged } = page;
  const { baseline } = judged;
  const isSaid = baseline.kind === 'missing' && judged.verdict.outcome === 'undecided';
  if ((baseline.kind === 'missing' || baseline.kind === 'skipped') && !isSaid)
    return [['Baseline', `none: ${phrase(baseline.reason)}`]];
  return againstFact(judged);
}

function againstFact(against: Against): readonly Fact[] {
  const earlier = earlierVersion(against);
  if (earlier === undefined) return [];
  const { headline } = earlier.results;
  const model = headline === undefined ? 'without metrics' : code(headline.id);
  const why =
    against.baseline.kind === 'training'
      ? 'the baseline'
      : 'for information, the newest earlier one with a model';
  return [['Compared with', `version${NBSP}${earlier.version}, ${model}: ${why}`]];
}

function idsFact(page: JudgedPage | undefined): readonly Fact[] {
  if (page === undefined || page.judged.models.length < 2 || page.idsBegin === '') return [];
  return [['Model ids', `begin with ${code(page.idsBegin)}, left out in the tables`]];
}
