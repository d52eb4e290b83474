import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomeOf, runsOf } from '../../src/github/outputs.ts';
import { resultsFile } from '../../src/github/results-file.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { comparisonOf, type Judged, type Undecided } from '../../src/report/conclusion.ts';
import { logLines } from '../../src/report/log-lines.ts';
import { renderReport } from '../../src/report/report.ts';
import { runs } from '../setup/seeds.ts';
import { facts } from './cases.ts';
import { comparedRuns } from './compared-runs.ts';
import { all, parse, textOf } from './parsed.ts';
import { commentOf, repeatedIn, strangersIn } from './strangers.ts';

const trainingsOf = (conclusion: Judged | Undecided) => comparisonOf(conclusion)?.trainings ?? [];

function forAny(check: (conclusion: Judged | Undecided, failBuild: boolean) => void): void {
  fc.assert(fc.property(comparedRuns, fc.boolean(), check), { numRuns: runs(8) });
}

/** The first table of a report: that of the trainings. */
function firstTable(report: string) {
  return all(parse(report)).find((node) => node.type === 'table');
}

describe('the report of several trainings', () => {
  test('is Markdown of its own shape, with nothing alive in it from outside, and so is its comment', () => {
    forAny((conclusion) => {
      expect(strangersIn(renderReport(conclusion, facts))).toEqual([]);
      expect(strangersIn(commentOf(conclusion, facts))).toEqual([]);
    });
  });

  test('has a row for each of them, those with a model first, and a heading of one line', () => {
    const words: Readonly<Record<string, RegExp>> = {
      passed: /^## (?:✅ (?:Passed|Trained)|⏭️ Nothing was judged): \S/u,
      failed: /^## ❌ Failed: \S/u,
      undecided: /^## ⚠️ Not judged: \S/u,
    };
    forAny((conclusion) => {
      const report = renderReport(conclusion, facts);
      const [heading = '', blank] = report.split('\n');
      expect(heading).toMatch(words[outcomeOf(conclusion)] ?? 'none');
      expect(blank).toBe('');
      const [, ...rows] = firstTable(report)?.children ?? [];
      const icons = rows.map(({ children }) => children[0] && textOf(children[0]));
      expect(icons).toHaveLength(trainingsOf(conclusion).length);
      const withModel = trainingsOf(conclusion).filter(({ headline }) => headline !== undefined).length;
      expect(icons.slice(0, withModel).filter((icon) => icon === '⏳')).toEqual([]);
    });
  });

  test('has at most two pictures, and no line twice', () => {
    forAny((conclusion) => {
      const report = renderReport(conclusion, facts);
      expect(report.match(/^```mermaid$/gm)?.length ?? 0).toBeLessThanOrEqual(2);
      expect(repeatedIn(report)).toEqual([]);
    });
  });

  test('puts nothing from outside into a picture that Mermaid could read as its own', () => {
    forAny((conclusion) => {
      const [chart = ''] =
        /^xychart-beta horizontal\n[\s\S]*?\n```$/m.exec(renderReport(conclusion, facts)) ?? [];
      if (chart === '') return;
      expect(chart.split('\n')).toHaveLength(6);
      const labels = /^ {2}x-axis "\u{200b}" \[(.*)\]$/mu.exec(chart)?.[1]?.split(', ') ?? [];
      expect(labels.filter((label) => !/^"[\p{L}\p{N}._ -]+"$/u.test(label))).toEqual([]);
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.length).toBe(/^ {2}bar \[(.*)\]$/mu.exec(chart)?.[1]?.split(', ').length);
    });
  });

  test('is annotated with an error if it is not judged, and with each training that has no model', () => {
    forAny((conclusion, failBuild) => {
      const annotations = annotationsOf(conclusion, facts, failBuild);
      const outcome = outcomeOf(conclusion);
      const fails = outcome === 'undecided' || (failBuild && outcome === 'failed');
      expect(annotations.some(({ level }) => level === 'error')).toBe(fails);
      for (const level of ['error', 'warning'])
        expect(annotations.filter((each) => each.level === level).length).toBeLessThanOrEqual(10);
      const lacking = trainingsOf(conclusion).filter(({ headline }) => headline === undefined);
      const lines = annotations.flatMap(({ level, text }) => (level === 'notice' ? [] : text.split('\n')));
      const told = lines.filter((line) => line.startsWith('- ') || line.includes(' has no model'));
      if (annotations.every(({ text }) => !text.startsWith('and ')))
        expect(told.length).toBeGreaterThanOrEqual(lacking.length);
    });
  });

  test('has a log line, an entry in the results file and one in the output for each training', () => {
    forAny((conclusion) => {
      const count = trainingsOf(conclusion).length;
      const lines = logLines(conclusion).slice(conclusion.kind === 'judged' ? 1 : 0);
      expect(
        lines.slice(0, count).filter((line) => !/^ {2}(?:passed|failed|undecided|no model) +\S/.test(line)),
      ).toEqual([]);
      expect(JSON.parse(resultsFile(conclusion, facts)).trainings).toHaveLength(count);
      expect(runsOf(conclusion, facts, [])).toHaveLength(count);
    });
  });
});
