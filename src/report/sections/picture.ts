import type { JudgedPage } from '../page/page.ts';
import { budgetsPicture } from './budgets.ts';
import { tradeOffPicture } from './trade-off.ts';
import { typesLatencyPicture } from './types-latency.ts';

/** The one picture of accuracy and latency, and whether it shows trainings, and no models to pick from. */
interface Picture {
  readonly blocks: readonly string[];
  readonly isOfTrainings: boolean;
}

/** One picture that draws what was judged: where speed and accuracy meet, or else what each latency budget can have. */
export function pictureSection(page: JudgedPage): readonly string[] {
  const { blocks, isOfTrainings } = pictureOf(page);
  return isOfTrainings ? [] : blocks;
}

/** Where speed and accuracy meet; or else the trainings side by side, or what each latency budget can have. */
export function pictureOf(page: JudgedPage): Picture {
  const isFailed = page.judged.verdict.outcome === 'failed';
  const tradeOff = tradeOffPicture(page);
  const trainings = typesLatencyPicture(page);
  const isOfTrainings = trainings.length > 0;
  const others = isOfTrainings ? trainings : budgetsPicture(page);
  const isTradeOff = tradeOff !== undefined && (tradeOff.isBroken || !isFailed || others.length === 0);
  return isTradeOff ? { blocks: tradeOff.blocks, isOfTrainings: false } : { blocks: others, isOfTrainings };
}
