import { earlierVersion } from '../../report/against.ts';
import type { Judged, VersionPoint } from '../../report/conclusion.ts';
import { type Json, metricFields } from './json.ts';

/** The training that rules compare with, or why there is none. Null if the workflow sets no baseline. */
export function baselineFields(judged: Judged): Json {
  const { baseline } = judged;
  switch (baseline.kind) {
    case 'none':
      return null;
    case 'missing':
    case 'skipped':
      return { kind: baseline.kind, reason: baseline.reason };
    case 'training':
      // The file's word for it, which its contract fixes.
      return { kind: 'run', version: baseline.version, headline: baseline.results.headline?.id ?? null };
  }
}

/** The version that the report compares with, for information if there is no baseline; null if there is none. */
export function comparedFields(judged: Judged): Json {
  const earlier = earlierVersion(judged);
  if (earlier === undefined) return null;
  const { headline } = earlier.results;
  const metrics = headline === undefined ? {} : metricFields(headline.metrics);
  return { version: earlier.version, headline: headline?.id ?? null, metrics };
}

/** What the best model of an earlier version reached. */
export function pointFields({ version, metrics }: VersionPoint): Json {
  return { version, metrics: metricFields(metrics) };
}
