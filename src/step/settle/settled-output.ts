import { outcomeOf } from '../../github/outputs.ts';
import { type Kind, ofKind, type SettledStatus } from '../../report/settled.ts';

/** The output `settled`: a JSON list of what has its last word now. Figures are not rounded. */
export function settledOutput(statuses: readonly SettledStatus[]): string {
  return JSON.stringify(ofKind(statuses, 'settled').map(settledFields));
}

function settledFields(status: Kind<'settled'>): Readonly<Record<string, string | number | null>> {
  const { sha, pullRequests, jobId, modelType, version, became } = status;
  const { conclusion } = became;
  const headline = conclusion.kind === 'judged' ? conclusion.verdict.headline : undefined;
  return {
    sha,
    'pull-request': pullRequests[0] ?? null,
    'job-id': jobId ?? null,
    'model-type': modelType ?? null,
    version: version ?? null,
    outcome: outcomeOf(conclusion),
    'model-id': headline?.id ?? null,
    map50: headline?.metrics.get('map50') ?? null,
    'map50-95': headline?.metrics.get('map50-95') ?? null,
  };
}

/** How many are left: they stay pending, for whatever reason. */
export function leftCount(statuses: readonly SettledStatus[]): number {
  return ofKind(statuses, 'left').length + ofKind(statuses, 'trouble').length;
}

/** GitHub shows ten errors of a step; the last one counts the rest. */
const MOST_TOLD = 9;

/** What could not be settled, a line each: a few, and how many more. Empty if all is well. */
export function troubleLines(statuses: readonly SettledStatus[]): readonly string[] {
  const lines = ofKind(statuses, 'trouble').map(
    ({ sha, context, jobId, became }) =>
      `The status "${context}" of ${sha.slice(0, 7)}${jobId === undefined ? '' : ` (training ${jobId})`} stays pending: ${became.reason}`,
  );
  const more = lines.length - MOST_TOLD;
  return more > 0
    ? [...lines.slice(0, MOST_TOLD), `and ${more} more stay pending, all in the summary`]
    : lines;
}

/** What became of each status, for whoever reads the log. */
export function logLinesOf(statuses: readonly SettledStatus[]): readonly string[] {
  return statuses.map(({ sha, context, jobId, became }) => {
    const training = jobId === undefined ? '' : `, training ${jobId}`;
    return `${sha.slice(0, 7)} "${context}"${training}: ${becameWords(became)}`;
  });
}

function becameWords(became: SettledStatus['became']): string {
  switch (became.kind) {
    case 'settled':
      return became.words;
    case 'left':
      return `left pending (${became.words})`;
    case 'replaced':
      return 'a newer status stands there now, and stays';
    case 'trouble':
      return `stays pending, as something went wrong: ${became.reason}`;
  }
}
