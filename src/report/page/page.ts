import type { PastTraining } from '../../gate/baseline.ts';
import type { AccuracyMetric } from '../../gate/metric.ts';
import { candidatesOf, type Model } from '../../gate/model.ts';
import type { HardwareTarget } from '../../gate/picks.ts';
import { headlineMetric } from '../../gate/rank.ts';
import { earlierOf, sameTypeHeadline } from '../against.ts';
import type { Judged } from '../conclusion.ts';
import { code } from '../markdown/markdown.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { type Changed, changedWords } from '../words/changed-words.ts';
import { beginningOfIds, shortened } from '../words/names.ts';
import { type ClassTable, classTable } from './class-table.ts';
import { type Compared, comparedOf } from './compared.ts';
import { type ClassesSideBySide, classesSideBySide } from './several-classes.ts';

/** What all parts of a report have in common. */
export interface Page {
  readonly training: TrainingFacts | undefined;
  /** Where whatever has to be left out is to be found, as Markdown: `the results file`. */
  readonly wholeAt: string;
  /** How many rows a table may have. */
  readonly mostRows: number;
}

/** What is computed once of what was judged, for all parts of its report. */
export interface JudgedPage extends Page {
  readonly judged: Judged;
  /** The metric that the models of the training are told apart by. */
  readonly metric: AccuracyMetric | undefined;
  readonly candidates: readonly Model[];
  readonly earlier: PastTraining | undefined;
  /** Since the version of that. */
  readonly changed: Changed;
  readonly compared: Compared | undefined;
  readonly classes: ClassTable | undefined;
  /** Those of several trainings; undefined if no two of them report such that can be compared. */
  readonly classesSideBySide: ClassesSideBySide | undefined;
  readonly targets: readonly HardwareTarget[];
  /** What the ids of all models of the one training begin with, and tables leave out; empty if they have nothing in common. */
  readonly idsBegin: string;
}

/** Gathers what the parts of a judged training's report share. */
export function judgedPage(judged: Judged, page: Page): JudgedPage {
  const { verdict, models } = judged;
  const earlier = earlierOf(judged);
  const { version, datasets } = page.training ?? {};
  const dataset = (number: number | undefined) => (number === undefined ? undefined : datasets?.get(number));
  const candidates = candidatesOf(models);
  const compared = comparedOf(judged.comparison);
  return {
    ...page,
    judged,
    metric: headlineMetric(models),
    candidates,
    earlier,
    changed: changedWords(dataset(version), dataset(earlier?.version)),
    compared,
    classes: classTable(compared?.best ?? verdict, sameTypeHeadline(earlier)),
    classesSideBySide: compared && classesSideBySide(compared),
    targets: verdict.picks,
    idsBegin: compared === undefined ? beginningOfIds(candidates, page.training) : '',
  };
}

/** A model's id in a table, without what all of them begin with. */
export function idInTable(id: string, { idsBegin, training }: JudgedPage): string {
  return code(
    idsBegin !== '' && id.startsWith(idsBegin) ? id.slice(idsBegin.length) : shortened(id, training),
  );
}
