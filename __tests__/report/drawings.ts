/** What Mermaid drew of one chart, read from its SVG. */
export interface Drawing {
  readonly isError: boolean;
  /** Stroke and points of each plotted line. */
  readonly lines: readonly {
    readonly stroke: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** Every text in the picture. */
  readonly texts: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Reads the SVG of an xychart as Mermaid writes it. */
export function drawingIn(svg: string): Drawing {
  const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const plots = svg.split(/<g class="(?=line-plot-\d+")/).slice(1);
  return {
    isError: !svg.includes('aria-roledescription="xychart"'),
    lines: plots.map((plot) => ({
      stroke: /stroke="([^"]+)"/.exec(plot)?.[1] ?? '',
      points: (/ d="([^"]+)"/.exec(plot)?.[1] ?? '').split(/(?=[ML])/).map(pointIn),
    })),
    texts: [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text),
    width: Number(width),
    height: Number(height),
  };
}

function pointIn(step: string): readonly [number, number] {
  const [x, y] = step.slice(1).split(',');
  return [Number(x), Number(y)];
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

/** How far a colour is from grey, from 0 to 1. */
export function saturation(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const most = Math.max(...parts);
  return most === 0 ? 0 : (most - Math.min(...parts)) / most;
}
