import { isServerless, measuredHardware, typesWithoutStock } from '../../gate/model.ts';
import { type Against, earlierOf } from '../against.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import { type Conclusion, comparisonOf } from '../conclusion.ts';
import { code, folded, LONGEST_PHRASE, prose } from '../markdown/markdown.ts';
import { type Column, left, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { comparedOf } from '../page/compared.ts';
import type { JudgedPage, Page } from '../page/page.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { baselineLack, earlierName } from '../words/earlier-words.ts';
import { duration } from '../words/numbers.ts';
import { imagesWords, ON_SERVERLESS, onHardware } from '../words/words.ts';
import { comparedMetrics } from './comparison.ts';

const STARTED_BY = { started: 'started by this step', attached: 'was there before this step' } as const;

type Fact = readonly [name: string, value: string];
type Row = Pick<ComparedTraining, 'modelType' | 'facts' | 'headline' | 'against'>;

/** Where the figures come from: all that is left to say of what was judged, folded away. */
export function judgedTrainingSection(page: JudgedPage): readonly string[] {
  const { training, compared, judged } = page;
  const common = [...imagesFact(training, page), ...latencyFact(judged), ...modelsFacts(page)];
  const [model, ...others] = judged.models;
  const one = { modelType: '', headline: others.length === 0 ? model : undefined, against: judged };
  return detailsOf(compared?.rows, { ...one, facts: training }, common, page);
}

/** The same of what was not judged: one training, or several; nothing if none is known. */
export function unjudgedTrainingSection(conclusion: Conclusion, page: Page): readonly string[] {
  const compared = comparedOf(comparisonOf(conclusion));
  const common = compared === undefined ? imagesFact(page.training, undefined) : [];
  const one = { modelType: '', facts: page.training, headline: undefined, against: undefined };
  return detailsOf(compared?.rows, one, common, page);
}

function detailsOf(
  rows: readonly Row[] | undefined,
  one: Row,
  common: readonly Fact[],
  page: Page,
): readonly string[] {
  if (rows !== undefined) {
    const columns = [MODEL_TYPE, ...OF_TRAINING];
    const lines = common.map(([name, value]) => `${name}: ${value}.`);
    return inFold([...table({ items: rows, columns, noun: 'trainings' }, page), ...lines]);
  }
  if (one.facts === undefined) return [];
  const own = OF_TRAINING.map(({ title, cell }): Fact => [title, cell(one)]);
  // Markdown has no table without a header: the first fact stands there.
  const [[name, value] = ['', ''], ...items] = [...own.filter(([, words]) => words !== ''), ...common];
  const columns: readonly Column<Fact>[] = [left(name, (fact) => fact[0]), left(value, (fact) => fact[1])];
  return inFold(table({ items, columns, noun: 'facts' }, { ...page, mostRows: items.length }));
}

function inFold(blocks: readonly string[]): readonly string[] {
  return [folded('Training: times, ids, sources', blocks.join('\n\n'))];
}

const MODEL_TYPE: Column<Row> = left('Model type', ({ modelType }) => code(modelType));

const OF_TRAINING: readonly Column<Row>[] = [
  left('Times', ({ facts }) => (facts === undefined ? '' : timesWords(facts))),
  left('Metrics', ({ facts }) => (facts === undefined ? '' : sourceWords(facts))),
  left('Model', ({ headline }) => (headline === undefined ? '' : code(headline.id))),
  left('Training', ({ facts }) =>
    facts === undefined
      ? 'not started'
      : `${code(facts.jobId)}, ${code(facts.status)}, ${STARTED_BY[facts.origin]}`,
  ),
  left('Compared with', ({ against }) => (against === undefined ? '' : againstWords(against))),
  left('Route', ({ facts }) => prose(facts?.route ?? '', LONGEST_PHRASE)),
];

function timesWords({ queuedMs, trainedMs }: TrainingFacts): string {
  return [
    ...(queuedMs === undefined ? [] : [`queued ${duration(queuedMs)}`]),
    ...(trainedMs === undefined ? [] : [`trained ${duration(trainedMs)}`]),
  ].join(', ');
}

function sourceWords({ source, split }: TrainingFacts): string {
  if (source === undefined) return '';
  return `${prose(source, LONGEST_PHRASE)}${split === undefined ? '' : `, ${split} split`}`;
}

function imagesFact(training: TrainingFacts | undefined, judged: JudgedPage | undefined): readonly Fact[] {
  const words = imagesWords(training?.images);
  const isSaid =
    judged !== undefined && (comparedMetrics(judged).length > 0 || judged.changed.images !== undefined);
  return words === undefined || isSaid ? [] : [['Images', words]];
}

/** One latency is of another kind than the others. */
function latencyFact({ models }: JudgedPage['judged']): readonly Fact[] {
  return measuredHardware(models)
    .filter(isServerless)
    .map((name) => [`Latency${onHardware(name, MARKDOWN)}`, ON_SERVERLESS]);
}

/** The baseline, or for information the version before; or why there is none. */
function againstWords(against: Against): string {
  const { baseline } = against;
  const earlier = earlierOf(against);
  if (earlier === undefined) return baselineLack(baseline) ?? '';
  const { headline } = earlier.results;
  const model = headline === undefined ? 'without metrics' : code(headline.id);
  const why =
    baseline.kind === 'training' ? 'the baseline' : 'for information, the newest earlier one with a model';
  return `${earlierName(earlier)}, ${model}: ${why}`;
}

/** What the models of a search are called, if not as the training; and what tables leave out of their ids. */
function modelsFacts({ judged, training, compared, idsBegin }: JudgedPage): readonly Fact[] {
  if (compared !== undefined || judged.models.length < 2) return [];
  const [type, ...otherTypes] = typesWithoutStock(judged.models);
  const isOther = type !== undefined && otherTypes.length === 0 && type !== training?.modelType;
  return [
    ...(isOther ? [['Models', `of type ${code(type)}`] as const] : []),
    ...(idsBegin === ''
      ? []
      : [['Model ids', `begin with ${code(idsBegin)}, left out in the tables`] as const]),
  ];
}
