import { type Context, OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { once } from '../../lib/promises.ts';
import type { Training } from '../../training/training.ts';
import { getVersion } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import type { ResultsBody } from '../schema/results-body.ts';
import type { VersionBody } from '../schema/version-body.ts';
import type { Ownership } from './ownership.ts';

/** A training whose results are wanted, and how to read them. */
export interface EndedTraining {
  readonly here: InProject;
  readonly training: Training & { readonly version: number };
  /** What the API gives as its own results. */
  readonly bundle: ResultsBody;
  /** Finds out what tells its models from others. */
  readonly identify: () => Promise<Ownership>;
}

/** The same with its further answers, each of which is asked for at most once. */
export interface EndedReads extends EndedTraining {
  readonly readVersion: () => Promise<VersionBody>;
}

/** Results are read for as long as a training is watched: to lose them would be to lose the training. */
export function resultsPatience({ clock }: Pick<Context, 'clock'>): Patience {
  return { untilMs: clock.now() + OUTAGE_PATIENCE_MS, knownToExist: true };
}

/** For one reading of the results of `ended`. */
export function readsOf(ended: EndedTraining): EndedReads {
  const { here, training } = ended;
  return {
    ...ended,
    identify: once(ended.identify),
    readVersion: once(() => getVersion(here, training.version, resultsPatience(here))),
  };
}
