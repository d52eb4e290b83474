import type { HardwareTarget } from '../gate/picks.ts';
import type { Rule } from '../gate/rules.ts';
import type { AuthPlace } from '../roboflow/http/request.ts';
import type { BaselineChoice } from '../training/baseline.ts';
import type { EndMode, RouteName } from '../training/route.ts';
import { readApiUrl, readKey, readProject, readTimes } from './connection.ts';
import { readBaseline, readRules } from './gate.ts';
import { readTargets } from './hardware.ts';
import { type InputSource, mistakeLine, type Reader, reader } from './reader.ts';
import { readTrainingInputs, type TrainingInputs } from './run.ts';

/** What happens to a run that this step started and no longer watches. */
export type EndChoice = EndMode | 'leave';

const END_CHOICES: readonly EndChoice[] = ['cancel', 'stop', 'leave'];

/** What the comment on the pull request is written with, and what it is found again by. */
export interface CommentInputs {
  readonly token: string;
  /** As the workflow names them, so that a run that ends early has the same comment as one that does not. */
  readonly project: string;
  readonly modelType: string;
}

/** What the workflow asked for, after the last string was read. */
export interface Inputs {
  readonly apiKey: string;
  /** Undefined: the key's own. */
  readonly workspace: string | undefined;
  readonly project: string;
  readonly run: TrainingInputs;
  readonly route: RouteName | 'auto';
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
  /** Undefined where no comment is asked for. */
  readonly comment: CommentInputs | undefined;
  readonly apiUrl: URL;
  readonly auth: AuthPlace;
}

/**
 * `no-key`: there is no key, and the workflow asked to skip then. `mistakes`: all of them, a line each; where a comment
 * is asked for, they belong there too, in place of what an earlier run wrote.
 */
export type InputsResult =
  | { readonly kind: 'inputs'; readonly inputs: Inputs }
  | { readonly kind: 'no-key' }
  | {
      readonly kind: 'mistakes';
      readonly lines: readonly string[];
      readonly comment: CommentInputs | undefined;
    };

/** Reads every input at once, so that all mistakes are told together. */
export function readInputs(source: InputSource): InputsResult {
  const read = reader(source);
  const apiKey = readKey(read);
  const place = readProject(read);
  const run = readTrainingInputs(read);
  const rules = readRules(read);
  const inputs: Inputs = {
    apiKey: apiKey ?? '',
    ...place,
    run,
    route: read.choice('route', ['auto', 'jobs', 'trainings'], 'auto'),
    rules,
    baseline: readBaseline(read, run, rules),
    targets: readTargets(read),
    wait: read.choice('wait', ['job', 'none'], 'job'),
    ...readTimes(read),
    onCancel: read.choice('on-cancel', END_CHOICES, 'cancel'),
    onTimeout: read.choice('on-timeout', END_CHOICES, 'leave'),
    failBuild: read.flag('fail-build', true),
    comment: readComment(read, place.project, run.modelType),
    apiUrl: readApiUrl(read),
    auth: read.choice('auth', ['header', 'query'], 'header'),
  };
  if (run.kind === 'start' && run.recipe !== undefined && inputs.route === 'jobs')
    read.mistake('train-recipe', 'needs the trainings route; leave route out, or set it to "trainings"');
  if (read.mistakes.length > 0)
    return { kind: 'mistakes', lines: read.mistakes.map(mistakeLine), comment: inputs.comment };
  return apiKey === undefined ? { kind: 'no-key' } : { kind: 'inputs', inputs };
}

function readComment(read: Reader, project: string, modelType: string): CommentInputs | undefined {
  const token = read.text('github-token') ?? '';
  return read.flag('comment', false) ? { token, project, modelType } : undefined;
}
