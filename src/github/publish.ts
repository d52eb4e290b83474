import { annotationsOf } from '../report/annotations.ts';
import type { Conclusion } from '../report/conclusion.ts';
import { logLines } from '../report/log-lines.ts';
import { prose } from '../report/markdown/markdown.ts';
import { renderReport } from '../report/report.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import { verdictLine } from '../report/words/heading.ts';
import { outcomeOf, runsOf, setModelOutputs, setRunsOutput, weightsFields } from './outputs.ts';
import { resultsFile } from './results-file.ts';
import type { Runner } from './runner.ts';

/**
 * Tells GitHub how the step ends. Whether everything could be written decides about the outcome, which stands as `undecided` until it
 * is written; so files and outputs come first, then the summary, and then the annotations that make the step fail.
 * @returns what the summary tells that could not be written
 */
export async function publish(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { failBuild, modelTypes }: { readonly failBuild: boolean; readonly modelTypes: readonly string[] },
  runner: Runner,
): Promise<readonly string[]> {
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
  if (runner.unwritten().length === 0) {
    runner.output('verdict', verdictLine(conclusion, training));
    runner.output('outcome', outcomeOf(conclusion));
  }
  const told = await summarise(report, runner);
  for (const line of logLines(conclusion, training)) runner.log.info(line);
  for (const { level, text } of annotations) runner.log[level === 'error' ? 'failure' : level](text);
  return told;
}

/** Appends to the summary, with what could not be written on top; returns what was told of that. */
export async function summarise(
  report: string,
  runner: Pick<Runner, 'summary' | 'unwritten'>,
): Promise<readonly string[]> {
  const troubles = runner.unwritten();
  await runner.summary(`${troubles.map(failing).join('')}${report}`);
  return troubles;
}

function failing(trouble: string): string {
  return `❌ **The step fails:** ${prose(trouble)}\n\n`;
}

/** Makes the step fail for what could not be written, besides what the summary has told; to be called last. */
export async function failForUnwritten(
  { log, summary, unwritten }: Pick<Runner, 'log' | 'summary' | 'unwritten'>,
  told: readonly string[],
): Promise<void> {
  for (const trouble of unwritten()) log.failure(trouble);
  const untold = unwritten().filter((trouble) => !told.includes(trouble));
  if (untold.length > 0) await summary(untold.map(failing).join(''));
}
