import { formatDuration, LONGEST_DURATION_MS, parseDuration } from './duration.ts';
import { InputError, type InputMistake } from './errors.ts';
import { sameHardware } from './gate/model.ts';
import type { HardwareTarget } from './gate/picks.ts';
import { parseRules, type Rule } from './gate/rules.ts';
import { choiceHint } from './hint.ts';
import type { BaselineChoice } from './training/baseline.ts';
import type { EndMode } from './training/route.ts';
import type { Reuse } from './training/start.ts';

/** Which dataset version to train. */
export type VersionChoice =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'latest' };

/** What happens to a run that this step started and no longer watches. */
export type EndChoice = EndMode | 'leave';

/** What the workflow asked for, after the last string was read. */
export interface Inputs {
  readonly apiKey: string;
  /** Undefined: the key's own. */
  readonly workspace: string | undefined;
  readonly project: string;
  readonly run:
    | { readonly kind: 'attach'; readonly jobId: string; readonly version: VersionChoice | undefined }
    | {
        readonly kind: 'start';
        readonly version: VersionChoice;
        readonly modelType: string;
        readonly epochs: number | undefined;
        readonly checkpoint: string | undefined;
        readonly speed: 'fast' | 'accurate' | undefined;
        readonly reuse: Reuse;
      };
  readonly rules: readonly Rule[];
  /** The run that rules may compare with. */
  readonly baseline: BaselineChoice | undefined;
  /** Empty: those that the run itself suggests. */
  readonly targets: readonly HardwareTarget[];
  readonly wait: 'job' | 'none';
  readonly timeoutMs: number;
  /** Undefined: the adaptive schedule. */
  readonly pollIntervalMs: number | undefined;
  readonly onCancel: EndChoice;
  readonly onTimeout: EndChoice;
  readonly failBuild: boolean;
  /** Whether to keep a comment on the pull request. */
  readonly comment: boolean;
  readonly githubToken: string;
  readonly apiUrl: URL;
  readonly auth: 'header' | 'query';
}

/** `no-key`: there is no key, and the workflow asked to skip then. */
export type InputsResult = { readonly kind: 'inputs'; readonly inputs: Inputs } | { readonly kind: 'no-key' };

/**
 * Reads every input at once.
 * @param text the input of that name, trimmed, empty where it is not set
 * @throws InputError that lists every mistake
 */
export function readInputs(text: (name: string) => string): InputsResult {
  const read = reader(text);
  const apiKey = readKey(read);
  const { workspace, project } = readProject(read);
  const run = readRun(read);
  const rules = readRules(read);
  const inputs: Inputs = {
    apiKey: apiKey ?? '',
    workspace,
    project,
    run,
    rules,
    baseline: readBaseline(read, run, rules),
    targets: readTargets(read),
    wait: read.choice('wait', ['job', 'none'], 'job'),
    ...readTimes(read),
    onCancel: read.choice('on-cancel', END_CHOICES, 'cancel'),
    onTimeout: read.choice('on-timeout', END_CHOICES, 'leave'),
    failBuild: read.flag('fail-build', true),
    comment: read.flag('comment', false),
    githubToken: read.text('github-token') ?? '',
    apiUrl: readApiUrl(read),
    auth: read.choice('auth', ['header', 'query'], 'header'),
  };
  if (read.mistakes.length > 0) throw new InputError(read.mistakes);
  return apiKey === undefined ? { kind: 'no-key' } : { kind: 'inputs', inputs };
}

const END_CHOICES = ['cancel', 'stop', 'leave'] as const;

/** Reads inputs and gathers the mistakes; a mistaken input reads as its fallback, so that the rest is read too. */
interface Reader {
  readonly mistakes: InputMistake[];
  text(name: string): string | undefined;
  mistake(input: string, problem: string, line?: number): void;
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice;
  flag(name: string, fallback: boolean): boolean;
  duration(name: string, fallback: string): number;
}

function reader(input: (name: string) => string): Reader {
  const mistakes: InputMistake[] = [];
  const text = (name: string) => input(name).trim() || undefined;
  const mistake = (name: string, problem: string, line?: number) => {
    mistakes.push({ input: name, problem, line });
  };
  return {
    mistakes,
    text,
    mistake,
    choice: (name, choices, fallback) => {
      const value = text(name);
      if (value === undefined) return fallback;
      const choice = choices.find((each) => each === value.toLowerCase());
      if (choice === undefined)
        mistake(name, `"${value}" is not valid; valid: ${choices.join(', ')}${choiceHint(value, choices)}`);
      return choice ?? fallback;
    },
    flag: (name, fallback) => {
      const value = text(name)?.toLowerCase();
      if (value !== undefined && value !== 'true' && value !== 'false')
        mistake(name, `"${value}" is not valid; valid: true, false`);
      return value === undefined ? fallback : value === 'true';
    },
    duration: (name, fallback) => {
      const value = text(name) ?? fallback;
      const ms = parseDuration(value);
      if (ms === undefined)
        mistake(
          name,
          `"${value}" is not a duration; write numbers with units, such as 500ms, 90s, 15m or 5h30m`,
        );
      else if (ms <= 0) mistake(name, `"${value}" must be longer than nothing`);
      else if (ms > LONGEST_DURATION_MS)
        mistake(name, `"${value}" is longer than ${formatDuration(LONGEST_DURATION_MS)}`);
      else return ms;
      return Number.NaN;
    },
  };
}

/** Undefined where there is none and the workflow wants to skip then. The value itself is never shown. */
function readKey(read: Reader): string | undefined {
  const onMissing = read.choice('on-missing-key', ['fail', 'skip'], 'fail');
  const key = read.text('api-key');
  if (key === undefined) {
    if (onMissing === 'fail')
      read.mistake(
        'api-key',
        'is empty; set it to a Roboflow private key from a secret, such as secrets.ROBOFLOW_API_KEY. Pull requests from forks and Dependabot get no secrets: "on-missing-key: skip" lets those pass unjudged',
      );
    return onMissing === 'skip' ? undefined : '';
  }
  if (/[^\x21-\x7e]/.test(key))
    read.mistake('api-key', 'has blanks, line breaks or other characters that no key has');
  return key;
}

const SLUG = /^[a-z0-9][a-z0-9._-]*$/i;

function readProject(read: Reader): Pick<Inputs, 'workspace' | 'project'> {
  const given = read.text('project') ?? '';
  const parts = given.replace(/^https:\/\/app\.roboflow\.com\//, '').split('/');
  const [project = '', ofProject] = parts.length === 2 ? [parts[1], parts[0]] : [given];
  if (given === '')
    read.mistake(
      'project',
      'is empty; set it to the slug of a Roboflow project, as in its address: app.roboflow.com/WORKSPACE/PROJECT',
    );
  else if (!SLUG.test(project) || (ofProject !== undefined && !SLUG.test(ofProject)))
    read.mistake(
      'project',
      `"${given}" is not a project's slug; write "project" or "workspace/project", as in the project's address`,
    );
  const workspace = read.text('workspace');
  if (workspace !== undefined && !SLUG.test(workspace))
    read.mistake(
      'workspace',
      `"${workspace}" is not a workspace's slug; write it as in its address: app.roboflow.com/WORKSPACE`,
    );
  if (workspace !== undefined && ofProject !== undefined && workspace !== ofProject)
    read.mistake(
      'workspace',
      `"${workspace}" is not the workspace in project, "${ofProject}"; leave one of them out`,
    );
  return { workspace: workspace ?? ofProject, project };
}

function readRun(read: Reader): Inputs['run'] {
  const jobId = read.text('job-id');
  const version = readVersion(read);
  const modelType = read.text('model-type');
  const epochs = readEpochs(read);
  const checkpoint = read.text('checkpoint');
  const speed =
    read.text('speed') === undefined ? undefined : read.choice('speed', ['fast', 'accurate'], 'fast');
  const reuse = read.choice('reuse', ['none', 'running', 'finished'], 'running');
  if (jobId !== undefined) {
    if (/[\s\p{Cc}/?#]/u.test(jobId)) read.mistake('job-id', `"${jobId}" is not a job's id`);
    return { kind: 'attach', jobId, version };
  }
  if (version === undefined && read.text('version') === undefined)
    read.mistake(
      'version',
      'is empty; set it to the number of a dataset version or to "latest" (only with job-id may it be empty)',
    );
  if (modelType === undefined)
    read.mistake(
      'model-type',
      'is empty; set it to the architecture to train, e.g. rfdetr-nano (only with job-id may it be empty)',
    );
  else if (!/^[a-z0-9][a-z0-9._-]*$/i.test(modelType))
    read.mistake('model-type', `"${modelType}" is not a model type; an example is rfdetr-nano`);
  return {
    kind: 'start',
    version: version ?? { kind: 'latest' },
    modelType: modelType ?? '',
    epochs,
    checkpoint,
    speed,
    reuse,
  };
}

function readVersion(read: Reader): VersionChoice | undefined {
  const value = read.text('version')?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'latest') return { kind: 'latest' };
  if (/^[1-9]\d{0,8}$/.test(value)) return { kind: 'number', number: Number(value) };
  read.mistake(
    'version',
    `"${value}" is not valid; valid: the number of a dataset version, such as 7, or "latest"${choiceHint(value, ['latest'])}`,
  );
  return undefined;
}

function readEpochs(read: Reader): number | undefined {
  const value = read.text('epochs');
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  read.mistake('epochs', `"${value}" is not valid; valid: a whole number from 1`);
  return undefined;
}

function readRules(read: Reader): readonly Rule[] {
  const { rules, mistakes } = parseRules(read.text('thresholds') ?? '');
  for (const { line, text, problem, suggestion } of mistakes) {
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    read.mistake('thresholds', `"${text}": ${problem}${hint}`, line);
  }
  return rules;
}

function readBaseline(read: Reader, run: Inputs['run'], rules: readonly Rule[]): BaselineChoice | undefined {
  const value = read.text('baseline')?.toLowerCase();
  if (value === undefined) {
    if (rules.some(({ bound }) => bound.kind === 'baseline'))
      read.mistake(
        'baseline',
        'is empty, but a rule in thresholds compares with it; set it to a version number or to "previous"',
      );
    return undefined;
  }
  if (value === 'previous') return { kind: 'previous' };
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    read.mistake(
      'baseline',
      `"${value}" is not valid; valid: the number of a dataset version, or "previous"${choiceHint(value, ['previous'])}`,
    );
    return undefined;
  }
  const version = Number(value);
  if (run.version?.kind === 'number' && run.version.number === version)
    read.mistake(
      'baseline',
      `"${value}" is the version that is trained itself; choose another, or "previous"`,
    );
  return { kind: 'version', version };
}

/** One target a line or comma: `t4`, or with a latency budget `t4 <= 10 ms`. */
function readTargets(read: Reader): readonly HardwareTarget[] {
  const targets: HardwareTarget[] = [];
  for (const entry of (read.text('hardware') ?? '').split(/[\n,]/)) {
    const content = entry.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const parts = /^([^<>=]+?)\s*(?:<=\s*(\d{1,9}(?:\.\d{1,6})?)\s*(?:ms)?)?$/i.exec(content);
    const hardware = parts?.[1];
    const budgetMs = parts?.[2] === undefined ? undefined : Number(parts[2]);
    if (hardware === undefined || budgetMs === 0)
      read.mistake(
        'hardware',
        `"${content}" is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"`,
      );
    else if (targets.some((target) => sameHardware(target.hardware, hardware)))
      read.mistake('hardware', `"${hardware}" stands there twice`);
    else targets.push({ hardware, budgetMs });
  }
  return targets;
}

function readTimes(read: Reader): Pick<Inputs, 'timeoutMs' | 'pollIntervalMs'> {
  const timeoutMs = read.duration('timeout', '5h30m');
  const pollIntervalMs =
    read.text('poll-interval') === undefined ? undefined : read.duration('poll-interval', '');
  if (pollIntervalMs !== undefined && timeoutMs <= pollIntervalMs)
    read.mistake(
      'timeout',
      `"${read.text('timeout')}" must be longer than poll-interval, "${read.text('poll-interval')}"`,
    );
  return { timeoutMs, pollIntervalMs };
}

const DEFAULT_API_URL = 'https://api.roboflow.com';

function readApiUrl(read: Reader): URL {
  const value = read.text('api-url') ?? DEFAULT_API_URL;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol))
    read.mistake('api-url', `"${value}" is not a URL; an example is ${DEFAULT_API_URL}`);
  else if (url.username || url.password || url.search || url.hash)
    read.mistake('api-url', 'must be scheme, host and path only, without credentials, "?" or "#"');
  else if (url.protocol === 'http:' && !isLoopback(url))
    read.mistake(
      'api-url',
      `"${value}" would send the key unencrypted; use https (plain http is only for loopback)`,
    );
  return url ?? new URL(DEFAULT_API_URL);
}

/** Whether `url` leads to this very machine, where nothing can listen in on the way. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
