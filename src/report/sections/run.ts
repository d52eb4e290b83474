import { labelOf } from '../../gate/metric.ts';
import { type Model, typesWithoutStock } from '../../gate/model.ts';
import { headlineMetric, rankingMetric } from '../../gate/rank.ts';
import { formatDuration } from '../../lib/duration.ts';
import { baselineModel, type Conclusion, type Judged, type TrainingFacts } from '../conclusion.ts';
import { code, LONGEST_PHRASE, prose, table } from '../text/markdown.ts';
import { shown } from '../text/numbers.ts';
import type { Page } from '../text/page.ts';

const STARTED_BY = { started: 'this step', attached: 'not this step: it was there before' };

/** More than the facts of one run can take. */
const MAX_BYTES = 100_000;

/** Where the figures come from: the run, with the link to Roboflow. */
export function runSection(run: TrainingFacts, conclusion: Conclusion, page: Page): string {
  const judged = conclusion.kind === 'judged' ? conclusion : undefined;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Project', code(`${run.workspace}/${run.project}`)],
    ['Version', run.version === undefined ? undefined : String(run.version)],
    ['Model type', typeWords(run.modelType, judged?.models ?? [])],
    ['Training', code(run.jobId)],
    ['Status', code(run.status)],
    ['Started by', STARTED_BY[run.origin]],
    ['API route', phrase(run.route)],
    ['Queued', run.queuedMs === undefined ? undefined : formatDuration(run.queuedMs)],
    ['Trained', run.trainedMs === undefined ? undefined : formatDuration(run.trainedMs)],
    ['Metrics from', judged && run.source && phrase(run.source)],
    ['Model ids', idWords(page)],
    ['Baseline', judged && baselineWords(judged)],
    ['On Roboflow', run.url && `[open the run](${run.url})`],
  ];
  const rows = facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  const [first = [], ...rest] = rows;
  return ['### Run', ...table(first, rest, ['l', 'l'], MAX_BYTES).text].join('\n\n');
}

function phrase(text: string): string {
  return prose(text, LONGEST_PHRASE);
}

/** What was trained; and what came of it, where that is called otherwise, as with an architecture search. */
function typeWords(trained: string | undefined, models: readonly Model[]): string | undefined {
  const [type, ...others] = typesWithoutStock(models);
  if (type === undefined || type === trained || others.length > 0) return trained && code(trained);
  return trained === undefined ? code(type) : `${code(trained)}, its models are ${code(type)}`;
}

function idWords({ idsBegin }: Page): string | undefined {
  return idsBegin === '' ? undefined : `begin with ${code(idsBegin)}, which most tables leave out`;
}

function baselineWords(judged: Judged): string | undefined {
  const { baseline, models } = judged;
  switch (baseline.kind) {
    case 'none':
      return undefined;
    case 'missing':
      return `none: ${phrase(baseline.reason)}`;
    case 'training': {
      const model = baselineModel(judged);
      const ours = headlineMetric(models);
      const metric = ours && model?.metrics.has(ours) ? ours : model && rankingMetric([model]);
      if (!model || !metric) return `version ${baseline.version}, without metrics`;
      return `version ${baseline.version}: ${code(model.id)}, ${labelOf(metric)} ${shown(model.metrics.get(metric), metric)}`;
    }
  }
}
