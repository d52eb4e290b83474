import type { StepResult } from '../../simulator/runner.ts';

const LONGEST_OUTPUT = 160;

/** A heading on the terminal. */
export function title(text: string): void {
  console.log(`\n${text}\n${'-'.repeat(text.length)}`);
}

/** The `with:` of a workflow step. */
export function withBlock(inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).flatMap(([input, value]) =>
    value.includes('\n')
      ? [`  ${input}: |`, ...value.split('\n').map((line) => `    ${line}`)]
      : [`  ${input}: ${value}`],
  );
  return ['with:', ...lines].join('\n');
}

/** Shows a line of the log. GitHub hides the debug log unless step debug logging is on, which sets `RUNNER_DEBUG`. */
export function showLine(line: string): void {
  if (line.startsWith('::debug::') && process.env.RUNNER_DEBUG !== '1') return;
  if (line === '::endgroup::') return;
  console.log(readableLine(line));
}

/** The runner turns commands into annotations; here they are shown as what a reader would see. */
function readableLine(line: string): string {
  const command = /^::(error|warning|notice|debug|add-mask|group)[^:]*::(.*)$/.exec(line);
  if (command?.[1] === 'add-mask') return '(the key is masked from here on)';
  if (command?.[1] === 'group') return `▾ ${command[2] ?? ''} (folded away on GitHub)`;
  if (!command) return line;
  const text = (command[2] ?? '').replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%');
  return `${(command[1] ?? '').toUpperCase()}: ${text}`;
}

/** Shows the outputs of a step; long ones are cut. */
export function showOutputs({ outputs }: StepResult): void {
  title('Outputs');
  const width = Math.max(...Object.keys(outputs).map((output) => output.length));
  for (const [output, value] of Object.entries(outputs)) {
    const shown = value.length > LONGEST_OUTPUT ? `${value.slice(0, LONGEST_OUTPUT)}...` : value;
    console.log(`${output.padEnd(width)}  ${shown}`);
  }
}

/** The report as a terminal can show it: without what GitHub folds away or draws. */
export function inTerminal(report: string): string {
  return report
    .replace(/<details><summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '($1, folded away on GitHub)')
    .replace(/```mermaid[\s\S]*?```/g, '(The picture is on the page, see below.)')
    .replaceAll('&#8203;', '')
    .replaceAll('&nbsp;', ' ');
}
