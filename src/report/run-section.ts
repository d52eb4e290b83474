import { formatDuration } from '../duration.ts';
import type { Baseline } from '../gate/decide.ts';
import { labelOf } from '../gate/metric.ts';
import { headlineOf } from '../gate/picks.ts';
import { rankingMetric } from '../gate/rank.ts';
import type { Conclusion, RunFacts } from './conclusion.ts';
import { code, LONGEST_PHRASE, prose, table } from './markdown.ts';
import { shown } from './numbers.ts';

const ORIGINS = { started: 'started by this step', attached: 'attached to: it was there before this step' };

/** More than the facts of one run can take. */
const MAX_BYTES = 100_000;

/** Where the figures come from: the run, with the link to Roboflow. */
export function runSection(run: RunFacts, conclusion: Conclusion): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Project', code(`${run.workspace}/${run.project}`)],
    ['Version', run.version === undefined ? undefined : String(run.version)],
    ['Model type', run.modelType && code(run.modelType)],
    ['Training', code(run.jobId)],
    ['Status', code(run.status)],
    ['Origin', ORIGINS[run.origin]],
    ['Route', phrase(run.route)],
    ['Queued', run.queuedMs === undefined ? undefined : formatDuration(run.queuedMs)],
    ['Trained', run.trainedMs === undefined ? undefined : formatDuration(run.trainedMs)],
    ['Metrics from', conclusion.kind === 'judged' ? run.source && phrase(run.source) : undefined],
    ['Baseline', conclusion.kind === 'judged' ? baselineWords(conclusion.baseline) : undefined],
    ['On Roboflow', run.url && `[open the run](${run.url})`],
  ];
  const rows = facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
  const [first = [], ...rest] = rows;
  return ['### Run', ...table(first, rest, ['l', 'l'], MAX_BYTES).text].join('\n\n');
}

function phrase(text: string): string {
  return prose(text, LONGEST_PHRASE);
}

function baselineWords(baseline: Baseline): string | undefined {
  switch (baseline.kind) {
    case 'none':
      return undefined;
    case 'missing':
      return `none: ${phrase(baseline.reason)}`;
    case 'run': {
      const model = headlineOf(baseline.pool.models);
      const metric = model && rankingMetric([model]);
      if (!model || !metric) return `version ${baseline.version}, without metrics`;
      return `version ${baseline.version}: ${code(model.id)}, ${labelOf(metric)} ${shown(model.metrics.get(metric), metric)}`;
    }
  }
}
