import { typesChart } from '../charts/types-chart.ts';
import type { JudgedPage } from '../page/page.ts';
import { budgetsPicture } from './budgets.ts';
import { tradeOffPicture } from './trade-off.ts';

const LEAST_BARS = 2;

/** The one picture of models: where speed and accuracy are both bounded, or else what each latency budget can have. */
export function pictureSection(page: JudgedPage): readonly string[] {
  const isFailed = page.judged.verdict.outcome === 'failed';
  const tradeOff = tradeOffPicture(page);
  const budgets = budgetsPicture(page);
  const isTradeOff = tradeOff !== undefined && (tradeOff.isBroken || !isFailed || budgets.length === 0);
  return isTradeOff ? tradeOff.blocks : budgets;
}

/** Several trainings side by side, as bars, if there is no picture of their models. */
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
