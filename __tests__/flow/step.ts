import { tmpdir } from 'node:os';
import { readManifest } from '../../simulator/runner.ts';
import type { Runner } from '../../src/github/runner.ts';
import { findWorkspaceFolder, readInputFile, type WorkspaceFolder } from '../../src/github/workspace.ts';
import type { Withheld } from '../../src/inputs/reader.ts';
import type { Log } from '../../src/lib/context.ts';

const manifest = await readManifest();

/** A step that keeps whatever is told to it. */
export class RecordingRunner implements Runner {
  readonly outputs = new Map<string, string>();
  readonly state = new Map<string, string>();
  readonly masks: string[] = [];
  readonly failures: string[] = [];
  readonly warnings: string[] = [];
  readonly notices: string[] = [];
  readonly lines: string[] = [];
  readonly files = new Map<string, string>();
  summaryText = '';
  /** The folder that the workflow's files are in; undefined: the step has none, and reads files of the system's temporary folder. */
  workspace: string | undefined;
  readonly log: Log;
  readonly #inputs: ReadonlyMap<string, string>;
  readonly #withheldFrom: Withheld | undefined;
  longestJobMs: number | undefined;

  /** @param inputs those that differ from the defaults in `action`, the action.yml of the main step unless told */
  constructor(
    inputs: Readonly<Record<string, string>>,
    state: ReadonlyMap<string, string> = new Map(),
    withheldFrom?: Withheld,
    action: Pick<typeof manifest, 'inputs'> = manifest,
  ) {
    this.#withheldFrom = withheldFrom;
    const defaults = Object.entries(action.inputs).map(([name, input]) => {
      const value = String(input.default ?? '');
      // What GitHub makes of an expression is not known here.
      return [name, value.startsWith('${{') ? '' : value] as const;
    });
    this.#inputs = new Map([...defaults, ...Object.entries(inputs)]);
    for (const [name, value] of state) this.state.set(name, value);
    this.log = {
      info: (text) => this.lines.push(text),
      debug: (text) => this.lines.push(text),
      notice: (text) => this.notices.push(text),
      warning: (text) => this.warnings.push(text),
      failure: (text) => this.failures.push(toldOnce(text)),
    };
  }

  /** What the process would end with. */
  get exitCode(): 0 | 1 {
    return this.failures.length > 0 ? 1 : 0;
  }

  /** What was logged, but for warnings and failures, each with its line end. */
  get stdout(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  /** The outputs as an object. */
  get given(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.outputs);
  }

  readonly input = (name: string): string => this.#inputs.get(name) ?? '';

  withheldFrom(): Withheld | undefined {
    return this.#withheldFrom;
  }

  inputFile(file: string, mostBytes: number): string | undefined {
    return readInputFile(file, [this.workspace ?? tmpdir()], mostBytes);
  }

  workspaceFolder(folder: string): WorkspaceFolder {
    if (this.workspace === undefined) throw new Error('there is no workspace');
    return findWorkspaceFolder(folder, this.workspace);
  }

  savedState(name: string): string {
    return this.state.get(name) ?? '';
  }

  saveState(name: string, value: string): void {
    this.state.set(name, value);
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value);
  }

  readonly mask = (secret: string): void => {
    this.masks.push(secret);
  };

  async summary(markdown: string): Promise<void> {
    this.summaryText += markdown;
  }

  async file(name: string, content: string): Promise<string> {
    this.files.set(name, content);
    return name;
  }

  unwritten(): readonly string[] {
    return [];
  }

  /** The step as it stands now, whatever it does later. */
  snapshot(): RecordingRunner {
    const copy = new RecordingRunner({}, this.state);
    for (const [name, value] of this.outputs) copy.output(name, value);
    for (const [name, content] of this.files) copy.files.set(name, content);
    copy.masks.push(...this.masks);
    copy.failures.push(...this.failures);
    copy.warnings.push(...this.warnings);
    copy.lines.push(...this.lines);
    copy.summaryText = this.summaryText;
    return copy;
  }

  /** Everything that was written, as one text. */
  written(): string {
    return [
      ...this.lines,
      ...this.warnings,
      ...this.notices,
      ...this.failures,
      this.summaryText,
      ...this.files.values(),
      ...this.outputs.values(),
      ...this.state.values(),
    ].join('\n');
  }
}

/** `text`, in which no sentence stands twice. */
function toldOnce(text: string): string {
  const sentences = text.split(/(?<=[.!?])\s+(?=\p{Lu})|\n/u);
  const twice = sentences.find((sentence, index) => sentences.indexOf(sentence) < index);
  if (twice !== undefined) throw new Error(`"${twice}" stands twice in: ${text}`);
  return text;
}
