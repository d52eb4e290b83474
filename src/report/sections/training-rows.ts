import type { ComparedTraining } from '../compared-trainings.ts';
import type { TrainingFacts } from '../conclusion.ts';
import { code, LONGEST_PHRASE, prose } from '../markdown/markdown.ts';
import { type Column, table } from '../markdown/table.ts';
import type { Compared } from '../page/compared.ts';
import type { Page } from '../page/page.ts';
import { duration, NONE } from '../words/numbers.ts';

const STARTED_BY = { started: 'started by this step', attached: 'was there before this step' } as const;

type Row = ComparedTraining;

/** Where the figures of several trainings come from, a row for each. */
export function trainingRows({ rows }: Compared, page: Page): readonly string[] {
  const columns: readonly Column<Row>[] = [
    { title: 'Model type', align: 'l', cell: ({ modelType }) => code(modelType) },
    {
      title: 'Training',
      align: 'l',
      cell: ({ facts }) => (facts === undefined ? 'not started' : trainingWords(facts)),
    },
    { title: 'Times', align: 'l', cell: ({ facts }) => (facts && timesWords(facts)) || NONE },
    { title: 'Model', align: 'l', cell: ({ headline }) => (headline ? code(headline.id) : NONE) },
    {
      title: 'Metrics',
      align: 'l',
      cell: ({ facts, headline }) => (headline && facts && sourceWords(facts)) || NONE,
    },
    {
      title: 'Route',
      align: 'l',
      cell: ({ facts }) => (facts === undefined ? NONE : prose(facts.route, LONGEST_PHRASE)),
    },
  ];
  return table({ items: rows, columns, noun: 'trainings' }, page);
}

/** `job_1`, `complete`, and who started it. */
export function trainingWords({ jobId, status, origin }: TrainingFacts): string {
  return `${code(jobId)}, ${code(status)}, ${STARTED_BY[origin]}`;
}

/** `queued 2 min, trained 4 h`; empty if nothing is known. */
export function timesWords({ queuedMs, trainedMs }: TrainingFacts): string {
  return [
    ...(queuedMs === undefined ? [] : [`queued ${duration(queuedMs)}`]),
    ...(trainedMs === undefined ? [] : [`trained ${duration(trainedMs)}`]),
  ].join(', ');
}

/** `training results, validation split`: where metrics are from; empty if nothing is known. */
export function sourceWords({ source, split }: TrainingFacts): string {
  return [
    ...(source === undefined ? [] : [prose(source, LONGEST_PHRASE)]),
    ...(split === undefined ? [] : [`${split} split`]),
  ].join(', ');
}
