import type { Page } from 'playwright-core';
import type { Theme } from '../../scripts/preview.ts';

/** A text in a picture, and the box that it takes on the page, in pixels. */
export interface Text {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What Mermaid drew of one chart. */
export interface Drawing {
  readonly kind: string;
  readonly frame: Omit<Text, 'words'>;
  readonly texts: readonly Text[];
  /** Colours of the plotted lines, in their order. */
  readonly strokes: readonly string[];
  /** Colours of the bars that can be seen, each once. */
  readonly bars: readonly string[];
  /** Colours and radii of the dots. */
  readonly dots: readonly { readonly fill: string; readonly radius: number }[];
}

/** Runs in the page, of whose types this project knows nothing. */
const READ_DRAWINGS = `(() => {
  const boxOf = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  return [...document.querySelectorAll('pre.mermaid')].map((figure) => {
    const svg = figure.querySelector('svg') ?? figure;
    const texts = [...svg.querySelectorAll('text')].filter(({ textContent }) => textContent.trim() !== '');
    return {
      kind: svg.getAttribute('aria-roledescription') ?? 'none',
      frame: boxOf(svg),
      texts: texts.map((text) => ({ words: text.textContent, ...boxOf(text) })),
      strokes: [...svg.querySelectorAll('[class^="line-plot"] path')].map((line) => line.getAttribute('stroke')),
      bars: [...new Set([...svg.querySelectorAll('[class^="bar-plot"] rect')].map((bar) => bar.getAttribute('fill')))]
        .filter((fill) => fill !== '#00000000'),
      dots: [...svg.querySelectorAll('circle')].map((dot) => ({
        fill: dot.getAttribute('fill'),
        radius: Number(dot.getAttribute('r')),
      })),
    };
  });
})()`;

/** Reads every chart of a page that Mermaid has drawn. */
export function drawingsOn(page: Page): Promise<readonly Drawing[]> {
  return page.evaluate<readonly Drawing[]>(READ_DRAWINGS);
}

/** Draws other charts in place of those of a page, in another theme. */
export async function redraw(page: Page, theme: Theme, sources: readonly string[]): Promise<void> {
  await page.evaluate(`(async () => {
    const figures = ${JSON.stringify(sources)}.map((source) => {
      const figure = document.createElement('pre');
      figure.className = 'mermaid';
      figure.textContent = source;
      return figure;
    });
    document.querySelector('main').replaceChildren(...figures);
    mermaid.initialize({ startOnLoad: false, theme: '${theme}' });
    await mermaid.run();
  })()`);
}

/** More of two boxes than this on each other can be seen. */
const LEAST_OVERLAP_PX = 1;

/** The pairs of texts that stand on each other. */
export function overlapping(texts: readonly Text[]): readonly string[] {
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > LEAST_OVERLAP_PX &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > LEAST_OVERLAP_PX,
      )
      .map((other) => `"${one.words}" on "${other.words}"`),
  );
}

/** The texts that the edge of the picture cuts. */
export function cut({ frame, texts }: Drawing): readonly string[] {
  return texts
    .filter(
      ({ left, right, top, bottom }) =>
        left < frame.left - LEAST_OVERLAP_PX ||
        right > frame.right + LEAST_OVERLAP_PX ||
        top < frame.top - LEAST_OVERLAP_PX ||
        bottom > frame.bottom + LEAST_OVERLAP_PX,
    )
    .map(({ words }) => words);
}

/** The contrast of two colours such as `#3b82f6`, from 1 to 21, as WCAG 2 defines it. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The hue of a colour in degrees, by which people name it. */
export function hue(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue) || 1;
  const sector =
    most === red
      ? (green - blue) / range
      : most === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  return (sector * 60 + 360) % 360;
}
