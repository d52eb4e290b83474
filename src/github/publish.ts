import { annotationsOf } from '../report/annotations.ts';
import type { Conclusion } from '../report/conclusion.ts';
import { logLines } from '../report/log-lines.ts';
import { renderReport } from '../report/report.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import {
  outcomeOf,
  runsOf,
  setModelOutputs,
  setPlannedVersion,
  setRunsOutput,
  weightsFields,
} from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

/**
 * Tells GitHub how the runner ends: summary and outputs first, then the annotations that make it fail, so that a failing
 * runner has its report. Files may fail to be written, so nothing but the outcome waits for them: until it is written, last
 * of all, it stands as `undecided`.
 */
export async function publish(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { failBuild, modelTypes }: { readonly failBuild: boolean; readonly modelTypes: readonly string[] },
  runner: Runner,
): Promise<void> {
  const report = renderReport(conclusion, training);
  await runner.summary(report);
  if (conclusion.kind === 'judged') setModelOutputs(runner, conclusion);
  if (conclusion.kind === 'checked') setPlannedVersion(runner, conclusion);
  setRunsOutput(runner, runsOf(conclusion, training, modelTypes));
  runner.output('weights', JSON.stringify(weightsFields(conclusion)));
  for (const line of logLines(conclusion)) runner.log.info(line);
  annotate(conclusion, training, failBuild, runner);
  runner.output('results-file', await runner.file('results.json', resultsFile(conclusion, training)));
  runner.output('report-file', await runner.file('report.md', report));
  runner.output('outcome', outcomeOf(conclusion));
}

function annotate(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  failBuild: boolean,
  { log }: Pick<Runner, 'log'>,
): void {
  const write = { error: log.failure, warning: log.warning, notice: log.notice } as const;
  for (const { level, text } of annotationsOf(conclusion, training, failBuild)) write[level].call(log, text);
}
