import { sentences } from '../lib/errors.ts';
import type { Conclusion, Judged, TrainingFacts, Undecided } from '../report/conclusion.ts';
import { renderReport } from '../report/report.ts';
import { EXACT } from '../report/text/numbers.ts';
import { reasonsAgainst, warningsOf } from '../report/text/reasons.ts';
import { outcomeOf, setModelOutputs } from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

/** GitHub shows ten annotations of a kind per step (docs/github.md#limits). The report has them all. */
const MAX_ANNOTATIONS = 10;

/**
 * Tells GitHub how the step ends: job summary, outputs, annotations, files, and the outcome. The summary comes before
 * the annotations that make the step fail, so that a failing step has its report too. The outcome comes last: if a file
 * cannot be written, it stays `undecided`.
 */
export async function publish(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { failBuild }: { readonly failBuild: boolean },
  runner: Runner,
): Promise<void> {
  const report = renderReport(conclusion, training);
  await runner.summary(report);
  if (conclusion.kind === 'judged') setModelOutputs(runner, conclusion);
  annotate(conclusion, failBuild, runner);
  runner.output('results-file', await runner.file('results.json', resultsFile(conclusion, training)));
  runner.output('report-file', await runner.file('report.md', report));
  runner.output('outcome', outcomeOf(conclusion));
}

function annotate(conclusion: Conclusion, failBuild: boolean, { log }: Runner): void {
  switch (conclusion.kind) {
    case 'started':
      log.info(
        `Started: the training ${conclusion.inFlight ? 'is still running' : 'has already ended'}. Nothing was judged.`,
      );
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
  const text =
    details.length === 0
      ? `Undecided: ${reason}`
      : `Undecided: ${reason}:\n${details.map((line) => `- ${line}`).join('\n')}`;
  return sentences(text, next);
}

function annotateVerdict(judged: Judged, failBuild: boolean, { log }: Pick<Runner, 'log'>): void {
  const { verdict } = judged;
  for (const warning of atMost(MAX_ANNOTATIONS, warningsOf(judged, EXACT))) log.warning(warning);
  if (verdict.outcome === 'passed') {
    log.info(
      verdict.rules.length > 0
        ? 'Passed: every rule that can fail the build holds.'
        : 'Passed: the training succeeded, and there are no rules.',
    );
    return;
  }
  const onlyWarns = verdict.outcome === 'failed' && !failBuild;
  for (const reason of atMost(MAX_ANNOTATIONS, reasonsAgainst(judged, EXACT))) {
    if (onlyWarns) log.warning(`${reason} (fail-build is false, so this does not fail the build)`);
    else log.failure(reason);
  }
}

function atMost(count: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count - 1), `and ${lines.length - count + 1} more; the report has all of them`];
}
