import { annotationsOf } from '../report/annotations.ts';
import type { Conclusion } from '../report/conclusion.ts';
import { logLines } from '../report/log-lines.ts';
import { prose } from '../report/markdown/markdown.ts';
import { renderReport } from '../report/report.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import { outcomeOf, runsOf, setModelOutputs, setRunsOutput, weightsFields } from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

/**
 * Tells GitHub how the step ends. Whether everything could be written decides about the outcome, which stands as `undecided` until it
 * is written; so files and outputs come first, then the summary, and then the annotations that make the step fail.
 */
export async function publish(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { failBuild, modelTypes }: { readonly failBuild: boolean; readonly modelTypes: readonly string[] },
  runner: Runner,
): Promise<void> {
  const report = renderReport(conclusion, training);
  const annotations = annotationsOf(conclusion, training, failBuild);
  if (conclusion.kind === 'judged') setModelOutputs(runner, conclusion);
  if (conclusion.kind === 'checked' && conclusion.version.kind === 'existing')
    runner.output('version', String(conclusion.version.version ?? ''));
  setRunsOutput(runner, runsOf(conclusion, training, modelTypes));
  runner.output('weights', JSON.stringify(weightsFields(conclusion)));
  const results = resultsFile(conclusion, training);
  runner.output('results-file', (await runner.file('results.json', results)) ?? '');
  runner.output('report-file', (await runner.file('report.md', report)) ?? '');
  if (runner.unwritten().length === 0) runner.output('outcome', outcomeOf(conclusion));
  await summarise(report, runner);
  for (const line of logLines(conclusion)) runner.log.info(line);
  const write = { error: runner.log.failure, warning: runner.log.warning, notice: runner.log.notice };
  for (const { level, text } of annotations) write[level].call(runner.log, text);
}

/** Appends to the summary, with what could not be written on top: the step fails for it, whatever the report says. */
export async function summarise(
  report: string,
  runner: Pick<Runner, 'summary' | 'unwritten'>,
): Promise<void> {
  const troubles = runner.unwritten().map((trouble) => `❌ **The step fails:** ${prose(trouble)}\n\n`);
  await runner.summary(`${troubles.join('')}${report}`);
}

/** Makes the step fail for what could not be written; to be called last. */
export function failForUnwritten({ log, unwritten }: Pick<Runner, 'log' | 'unwritten'>): void {
  for (const trouble of unwritten()) log.failure(trouble);
}
