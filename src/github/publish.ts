import { sentences } from '../lib/errors.ts';
import type { Conclusion, Judged, TrainingFacts, Undecided } from '../report/conclusion.ts';
import { renderReport } from '../report/report.ts';
import { reasonsAgainst, warningsOf } from '../report/text/reasons.ts';
import { outcomeOf, setJudgedOutputs } from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

/** GitHub shows ten annotations of a kind a step; the rest stand in the report. */
const MOST_ANNOTATIONS = 10;

/**
 * Tells GitHub how the step ends: summary and outputs first, then the annotations that make it fail, so that a failing
 * step has its report. Files may fail to be written, so nothing but the outcome waits for them: until it is written, last
 * of all, it stands as `undecided`.
 */
export async function publish(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  { failBuild }: { readonly failBuild: boolean },
  step: Runner,
): Promise<void> {
  const report = renderReport(conclusion, run);
  await step.summary(report);
  if (conclusion.kind === 'judged') setJudgedOutputs(step, conclusion);
  annotate(conclusion, failBuild, step);
  step.output('results-file', await step.file('results.json', resultsFile(conclusion, run)));
  step.output('report-file', await step.file('report.md', report));
  step.output('outcome', outcomeOf(conclusion));
}

function annotate(conclusion: Conclusion, failBuild: boolean, { log }: Runner): void {
  switch (conclusion.kind) {
    case 'started':
      log.info(
        `Started: the training ${conclusion.inFlight ? 'runs on' : 'is over already'}, and nothing was judged.`,
      );
      return;
    case 'checked':
      log.info('Checked: nothing was started or changed.');
      return;
    case 'skipped':
      log.info(`Skipped: ${conclusion.reason}`);
      return;
    case 'undecided':
      log.failure(undecidedText(conclusion));
      return;
    case 'judged':
      annotateVerdict(conclusion, failBuild, { log });
  }
}

function undecidedText({ reason, next, details }: Undecided): string {
  const said =
    details.length === 0
      ? `Undecided: ${reason}`
      : `Undecided: ${reason}:\n${details.map((line) => `- ${line}`).join('\n')}`;
  return sentences(said, next);
}

function annotateVerdict(judged: Judged, failBuild: boolean, { log }: Pick<Runner, 'log'>): void {
  const { verdict } = judged;
  for (const warning of atMost(MOST_ANNOTATIONS, warningsOf(judged))) log.warning(warning);
  const against = atMost(MOST_ANNOTATIONS, reasonsAgainst(judged));
  if (verdict.outcome === 'passed') {
    log.info(
      verdict.rules.length > 0
        ? 'Passed: every rule that counts holds.'
        : 'Passed: the training succeeded, and there are no rules.',
    );
    return;
  }
  const advisory = verdict.outcome === 'failed' && !failBuild;
  for (const reason of against) {
    if (advisory) log.warning(`${reason} (fail-build is false, so the build goes on)`);
    else log.failure(reason);
  }
}

function atMost(count: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count - 1), `and ${lines.length - count + 1} more, all in the report`];
}
