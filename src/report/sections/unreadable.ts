import { code, folded } from '../markdown/markdown.ts';
import { list } from '../markdown/table.ts';
import type { JudgedPage } from '../page/page.ts';

const MOST = 10;

/** Values that came in a form nothing can be judged by, as they came. */
export function unreadableSection({ judged, wholeAt, mostRows }: JudgedPage): readonly string[] {
  const values = judged.models.flatMap(({ id, unreadable }) => unreadable.map((value) => ({ id, ...value })));
  if (values.length === 0) return [];
  const items = values.map(({ id, name, raw }) => `${code(id)}: ${code(name)} came as ${code(raw)}`);
  const title =
    values.length === 1
      ? '1 value that is taken as not reported'
      : `${values.length} values that are taken as not reported`;
  return [folded(title, list(items, Math.min(MOST, mostRows), `all in ${wholeAt}`).join('\n\n'))];
}
