import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.ts';
import { model } from '../build.ts';
import { breakable } from './parsed.ts';
import { type Part, several } from './several.ts';
import { fineTuned, nano, searched, small, timed } from './several-parts.ts';

type More = Parameters<typeof several>[1];

const slow = timed('rfdetr-nas-parent', 67.2, 17.5);
const fast = timed('yolo-nas-parent', 63.4, 8.9);
const legendOf = (more: string) => `The headline model of each training on T4${more}.`;

function reportOf(parts: readonly Part[], more: More = {}): string {
  return breakable(renderReport(...several(parts, more)));
}

/** The points of the picture of trainings, and the line below it; undefined if there is none. */
function pictureIn(report: string): readonly string[] | undefined {
  const [, source, legend = ''] =
    /```mermaid\n([^`]*)\n```\n\n(The headline model of each training[^\n]*)/.exec(report) ?? [];
  const points = source?.split('\n').filter((line) => line.includes(': ['));
  return points && [...points.map((line) => line.trim()), legend];
}

/** What every picture of a report is. */
function kindsIn(report: string): readonly string[] {
  return [...report.matchAll(/^(quadrantChart|xychart-beta(?: horizontal)?)$/gm)].map(([kind]) => kind);
}

describe('the picture of several trainings by latency', () => {
  test('has a mark for each that was measured on one hardware, with its name, and the best stands out', () => {
    expect(pictureIn(reportOf([small, fast, slow]))).toEqual([
      '"rfdetr-nas-parent": [0.75, 0.75] color: #2f81f7, radius: 10',
      '"yolo-nas-parent": [0.25, 0.25]',
      legendOf(': 🔵 best'),
    ]);
  });

  test('has no sign for a best that was not measured there', () => {
    const best = fineTuned('rfdetr-2xlarge', [80, 90, 90], 60);
    expect(pictureIn(reportOf([best, fast, slow]))?.at(-1)).toBe(legendOf(''));
  });

  test('numbers the marks in the order of the table where names would stand on each other', () => {
    const near = timed('yolo-nas-parent', 65.5, 15.5);
    expect(pictureIn(reportOf([timed('a', 40, 2), near, slow]))).toEqual([
      '"1": [0.75, 0.75] color: #2f81f7, radius: 10',
      '"2": [0.69, 0.72]',
      '"3": [0.25, 0.25]',
      legendOf(': 🔵 best, 1 `rfdetr-nas-parent`, 2 `yolo-nas-parent`, 3 `a`'),
    ]);
  });

  test('numbers marks whose names Mermaid would show alike', () => {
    expect(pictureIn(reportOf([timed('a;b', 60, 5), timed('a:b', 50, 3)]))).toEqual([
      '"1": [0.75, 0.75] color: #2f81f7, radius: 10',
      '"2": [0.25, 0.25]',
      legendOf(': 🔵 best, 1 `a;b`, 2 `a:b`'),
    ]);
  });

  test('is on a hardware that two were measured on', () => {
    const onL4 = {
      ...slow,
      models: (slow.models ?? []).map((each) => ({ ...each, latencyMs: new Map([['L4', 3]]) })),
    };
    expect(pictureIn(reportOf([onL4, fast, timed('rfdetr-nas-b', 60, 5)]))?.slice(0, -1)).toHaveLength(2);
    expect(pictureIn(reportOf([onL4, fast]))).toBeUndefined();
  });

  test.each<{ name: string; parts: readonly Part[]; more?: More; kinds: string[]; isOfTrainings: boolean }>([
    { name: 'alone of two trainings', parts: [fast, slow], kinds: ['quadrantChart'], isOfTrainings: true },
    {
      name: 'in place of what a budget can have',
      parts: [searched, fast],
      kinds: ['quadrantChart'],
      isOfTrainings: true,
    },
    {
      name: 'not beside both bounds on a hardware',
      parts: [searched, fast],
      more: { thresholds: 'map50-95@T4 >= 60\nlatency@T4 <= 9 ms' },
      kinds: ['quadrantChart'],
      isOfTrainings: false,
    },
    {
      name: 'not of one that was measured, which leaves what a budget can have',
      parts: [searched, small],
      kinds: ['xychart-beta'],
      isOfTrainings: false,
    },
    {
      name: 'not of none that was measured, which leaves bars',
      parts: [nano, small],
      kinds: ['xychart-beta horizontal'],
      isOfTrainings: false,
    },
    {
      name: 'not of trainings that nobody could tell apart there',
      parts: [timed('a', 60, 4), timed('b', 60, 4)],
      kinds: ['xychart-beta horizontal'],
      isOfTrainings: false,
    },
    {
      name: 'not by a metric of which less is better',
      parts: ['a', 'b'].map((name, at) => ({
        ...nano,
        modelType: name,
        models: [model({ id: name, metrics: { perplexity: 5 + at }, latency: { T4: 3 + at } })],
      })),
      kinds: ['xychart-beta horizontal'],
      isOfTrainings: false,
    },
  ])('is there $name', ({ parts, more, kinds, isOfTrainings }) => {
    const report = reportOf(parts, more);
    expect(kindsIn(report)).toEqual(kinds);
    expect(pictureIn(report) !== undefined).toBe(isOfTrainings);
  });

  test('shows the best eight of many', () => {
    const many = Array.from({ length: 20 }, (_, at) => timed(`type-${at}`, 40 + at, 3 + at));
    expect(pictureIn(reportOf(many))?.slice(0, -1)).toHaveLength(8);
  });
});
