import type { JudgedPage } from '../text/page.ts';
import { typesChart } from '../text/types-chart.ts';
import { pictureSection } from './picture.ts';

const LEAST_BARS = 2;

/** The accuracy of each of several trainings, if there is no picture of accuracy against latency. */
export function typesPicture(page: JudgedPage): readonly string[] {
  const { compared } = page;
  const metric = compared?.ranking?.metric;
  if (compared === undefined || metric === undefined || pictureSection(page).length > 0) return [];
  const bars = compared.withModel.flatMap(({ modelType, headline }) => {
    const value = headline.metrics.get(metric);
    return value === undefined ? [] : [{ name: modelType, value }];
  });
  return bars.length < LEAST_BARS ? [] : [typesChart(bars, metric)];
}
