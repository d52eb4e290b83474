import type { JudgedPage } from '../page/page.ts';
import { budgetsPicture } from './budgets.ts';
import { tradeOffPicture } from './trade-off.ts';

/** The one picture of models: where speed and accuracy are both bounded, or else what each latency budget can have. */
export function pictureSection(page: JudgedPage): readonly string[] {
  const isFailed = page.judged.verdict.outcome === 'failed';
  const tradeOff = tradeOffPicture(page);
  const budgets = budgetsPicture(page);
  const isTradeOff = tradeOff !== undefined && (tradeOff.isBroken || !isFailed || budgets.length === 0);
  return isTradeOff ? tradeOff.blocks : budgets;
}
