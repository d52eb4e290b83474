import { code } from '../markdown/markdown.ts';
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
