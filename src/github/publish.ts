import { annotationsOf } from '../report/annotations.ts';
import type { Conclusion, TrainingFacts } from '../report/conclusion.ts';
import { renderReport } from '../report/report.ts';
import { outcomeOf, setModelOutputs } from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

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
  if (conclusion.kind === 'judged') setModelOutputs(step, conclusion);
  annotate(conclusion, run, failBuild, step);
  step.output('results-file', await step.file('results.json', resultsFile(conclusion, run)));
  step.output('report-file', await step.file('report.md', report));
  step.output('outcome', outcomeOf(conclusion));
}

function annotate(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  failBuild: boolean,
  { log }: Pick<Runner, 'log'>,
): void {
  const write = { error: log.failure, warning: log.warning, notice: log.info } as const;
  for (const { level, text } of annotationsOf(conclusion, run, failBuild)) write[level].call(log, text);
}
