import { typesChart } from '../charts/types-chart.ts';
import type { JudgedPage } from '../page/page.ts';
import { pictureOf } from './picture.ts';

const LEAST_BARS = 2;

/** The trainings side by side: by accuracy and latency, or, if no picture shows those, by accuracy as bars. */
export function typesPicture(page: JudgedPage): readonly string[] {
  const { compared } = page;
  const metric = compared?.ranking?.metric;
  if (compared === undefined || metric === undefined) return [];
  const { blocks, isOfTrainings } = pictureOf(page);
  if (blocks.length > 0) return isOfTrainings ? blocks : [];
  const bars = compared.withModel.flatMap(({ modelType, headline }) => {
    const value = headline.metrics.get(metric);
    return value === undefined ? [] : [{ name: modelType, value }];
  });
  return bars.length < LEAST_BARS ? [] : [typesChart(bars, metric)];
}
