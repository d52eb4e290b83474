import { lowerIsBetter } from '../../gate/metric.ts';
import { latencyOn } from '../../gate/model.ts';
import { type LatencyChart, latencyChart, type MeasuredModel } from '../charts/latency-chart.ts';
import { code } from '../markdown/markdown.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { Compared } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { NBSP } from '../words/numbers.ts';
import { shownHardware } from '../words/shown-hardware.ts';

const BEST = { colour: '#2f81f7', dot: '🔵' };
/** A chart of one point tells nothing, and of more than these nobody reads the names. */
const LEAST_TRAININGS = 2;
const MOST_TRAININGS = 8;

/** The headline models of several trainings by accuracy and latency, on the first hardware that two were measured on. */
export function typesLatencyPicture(page: JudgedPage): readonly string[] {
  const { compared } = page;
  const metric = compared?.ranking?.metric;
  if (compared === undefined || metric === undefined || lowerIsBetter(metric)) return [];
  const headlines = compared.withModel.map(({ headline }) => headline);
  const shown = shownHardware(page, headlines)
    .map((hardware) => ({ hardware, measured: measuredOn(hardware, compared) }))
    .find(({ measured }) => measured.length >= LEAST_TRAININGS);
  const chart = shown && latencyChart(shown.measured, metric);
  if (shown === undefined || chart === undefined) return [];
  return [chart.source, `${legend(shown.hardware, shown.measured, chart)}.`];
}

function legend(hardware: string, measured: readonly MeasuredModel[], { isNumbered }: LatencyChart): string {
  const signs = [
    ...(measured.some(({ colour }) => colour === BEST.colour) ? [`${BEST.dot} best`] : []),
    ...(isNumbered ? measured.map(({ name }, index) => `${index + 1}${NBSP}${code(name)}`) : []),
  ];
  const whose = `The headline model of each training on ${MARKDOWN.name(hardware)}`;
  return signs.length === 0 ? whose : `${whose}: ${signs.join(', ')}`;
}

function measuredOn(hardware: string, { withModel, best, ranking }: Compared): readonly MeasuredModel[] {
  return withModel
    .flatMap((training) => {
      const { headline, modelType } = training;
      const latencyMs = latencyOn(headline, hardware);
      const value = ranking && headline.metrics.get(ranking.metric);
      if (latencyMs === undefined || value === undefined) return [];
      return [{ name: modelType, latencyMs, value, colour: training === best ? BEST.colour : undefined }];
    })
    .slice(0, MOST_TRAININGS);
}
