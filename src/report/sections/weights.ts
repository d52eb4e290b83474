import { code } from '../text/markdown.ts';
import { count, NBSP } from '../text/numbers.ts';
import type { JudgedPage } from '../text/page.ts';
import { MARKDOWN } from '../text/voice.ts';

/** Where the weights of the headline model are, by which anybody can check them; or why they are nowhere. */
export function weightsSection({ judged: { weights } }: JudgedPage): readonly string[] {
  if (weights === undefined) return [];
  const of = `The weights of ${code(weights.modelId)}`;
  if (weights.kind === 'failed') return [`❌ ${of} were not stored: ${MARKDOWN.prose(weights.reason)}`];
  const { file, bytes, sha256 } = weights;
  return [`💾 ${of} are in ${code(file)}: ${count(bytes)}${NBSP}bytes, SHA-256 ${code(sha256)}`];
}
