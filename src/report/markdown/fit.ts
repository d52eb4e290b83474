import { sizeBytes } from './markdown.ts';

/**
 * The blocks of Markdown that `render` gives for as many rows in each table as keep the whole within `maxBytes`. Only
 * names of absurd length, hundreds of them, ever need fewer rows than `mostRows`.
 */
export function fitted(
  render: (mostRows: number) => readonly string[],
  mostRows: number,
  maxBytes: number,
): string {
  const text = `${render(mostRows).join('\n\n')}\n`;
  if (sizeBytes(text) <= maxBytes || mostRows === 0) return text;
  return fitted(render, Math.floor(mostRows / 2), maxBytes);
}
