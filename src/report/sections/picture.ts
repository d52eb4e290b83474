import type { JudgedPage } from '../text/page.ts';
import { budgetsPicture } from './budgets.ts';
import { tradeOffPicture } from './trade-off.ts';

/** One picture that draws what was judged: where speed and accuracy meet, or else what each latency budget can have. */
export function pictureSection(page: JudgedPage): readonly string[] {
  const isFailed = page.judged.verdict.outcome === 'failed';
  const tradeOff = tradeOffPicture(page);
  if (tradeOff?.isBroken === true) return tradeOff.blocks;
  const budgets = budgetsPicture(page);
  if (isFailed && budgets.length > 0) return budgets;
  return tradeOff?.blocks ?? budgets;
}
