import { labelOf } from '../../gate/metric.ts';
import type { HardwarePick, PickResult } from '../../gate/picks.ts';
import type { Judged } from '../conclusion.ts';
import { boundsOn } from '../text/bounds.ts';
import { code, leftOutLine, prose, table } from '../text/markdown.ts';
import { NONE, ROUNDED, shown } from '../text/numbers.ts';
import type { Page } from '../text/page.ts';
import { missingPickReason } from '../text/reasons.ts';
import { reportedMetrics } from '../text/reported.ts';

const MOST_METRICS = 2;

/** The model to ship to each hardware, and why this one. */
export function picksSection(
  { verdict, models }: Pick<Judged, 'verdict' | 'models'>,
  { wholeAt }: Page,
  maxBytes: number,
): readonly string[] {
  if (verdict.picks.length === 0) return [];
  const metrics = reportedMetrics(models).slice(0, MOST_METRICS);
  const row = (result: PickResult): readonly string[] => {
    if (result.kind === 'missing')
      return [
        code(result.hardware),
        '⚠️ none',
        ...metrics.map(() => NONE),
        NONE,
        prose(missingPickReason(result, ROUNDED)),
      ];
    const { hardware, model, latencyMs } = result.pick;
    const values = metrics.map((metric) =>
      shown(model.metrics.get(metric), metric, boundsOn(verdict, model.id, metric)),
    );
    const latency = shown(latencyMs, 'latency', boundsOn(verdict, model.id, 'latency'));
    return [code(hardware), code(model.id), ...values, latency, whyThisOne(result.pick)];
  };
  const { text, leftOut } = table(
    ['Hardware', 'Model', ...metrics.map(labelOf), 'Latency', 'Why this one'],
    verdict.picks.map(row),
    ['l', 'l', ...metrics.map(() => 'r'), 'r', 'l'],
    maxBytes,
  );
  return ['### Best model per hardware', ...text, ...leftOutLine(leftOut, 'hardware targets', wholeAt)];
}

function whyThisOne({ source, budgetMs }: HardwarePick): string {
  switch (source) {
    case 'budget':
      return `most accurate within the budget of ${budgetMs} ms`;
    case 'recommended':
      return 'recommended by Roboflow';
    case 'most-accurate':
      return 'most accurate of those measured there';
  }
}
