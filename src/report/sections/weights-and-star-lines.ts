import { code } from '../markdown/markdown.ts';
import { list } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { count, NBSP } from '../words/numbers.ts';

/** Where the weights of the headline model are, by which anybody can check them; or why they are nowhere. */
export function weightsSection({ judged: { weights } }: JudgedPage): readonly string[] {
  if (weights === undefined) return [];
  const of = `The weights of ${code(weights.modelId)}`;
  if (weights.kind === 'failed') return [`❌ ${of} were not stored: ${MARKDOWN.prose(weights.reason)}`];
  const { file, bytes, sha256 } = weights;
  return [`💾 ${of} are in ${code(file)}: ${count(bytes)}${NBSP}bytes, SHA-256 ${code(sha256)}`];
}

const MOST_STARS = 20;

/** Which picks have a star, which Roboflow refused one, or why there is none to give. */
export function starsSection({ judged: { stars }, wholeAt, mostRows }: JudgedPage): readonly string[] {
  if (stars === undefined) return [];
  if (stars.nothing !== undefined) return [`⭐ Nothing to star: ${MARKDOWN.prose(stars.nothing)}`];
  const most = Math.min(MOST_STARS, mostRows);
  const starred = list(stars.starred.map(code), most, `all in ${wholeAt}`);
  const refusals = stars.refused.map(({ modelId, reason }) => `${code(modelId)}: ${MARKDOWN.prose(reason)}`);
  const refused = list(refusals, most, 'all in the log');
  return [
    ...(starred.length === 0
      ? []
      : ['⭐ Starred, so Roboflow compiles them for their hardware:', ...starred]),
    ...(refused.length === 0 ? [] : ['⚠️ Not starred:', ...refused]),
  ];
}
