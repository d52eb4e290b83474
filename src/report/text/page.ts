import type { Model } from '../../gate/model.ts';
import type { TrainingFacts } from '../conclusion.ts';
import { code, plainLine } from './markdown.ts';

/** What all parts of a report have in common. */
export interface Page {
  /** Where whatever has to be left out is to be found, as Markdown: `the results file`. */
  readonly wholeAt: string;
  /** What the ids of all models begin with, and tables leave out; empty where they have nothing in common. */
  readonly idsBegin: string;
}

/**
 * What the ids of all `models` begin with, as far as it only repeats which run they are of: `acme/hard-hats-7-`, or
 * `acme/`. Never a whole id, so that something of each is left.
 */
export function beginningOfIds(models: readonly Model[], run: TrainingFacts | undefined): string {
  if (run === undefined || models.length === 0) return '';
  const { workspace, project, version } = run;
  const begins = (beginning: string) =>
    models.every(({ id }) => id.startsWith(beginning) && plainLine(id.slice(beginning.length)) !== '');
  return [`${workspace}/${project}-${version}-`, `${workspace}/`].find(begins) ?? '';
}

/** A model's id without what all of them begin with, for a table. */
export function shortId(id: string, { idsBegin }: Page): string {
  return code(id.slice(idsBegin.length));
}
