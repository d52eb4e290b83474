import type { HardwareTarget } from '../gate/picks.ts';
import type { Rule } from '../gate/rules.ts';
import type { AuthPlace } from '../roboflow/http/request.ts';
import type { BaselineChoice } from '../training/fetch-baseline.ts';
import { readApiUrl, readNeededKey, readProject } from './connection.ts';
import { readBaseline, readRules } from './gate.ts';
import { readTargets } from './hardware.ts';
import { createReader, type InputSource, mistakeLine } from './reader.ts';
import { readNeededToken, readSetContext } from './status-inputs.ts';

/** The inputs of `settle/action.yml`, without any text that still has to be parsed. */
export interface SettleInputs {
  readonly apiKey: string;
  readonly workspace: string | undefined;
  readonly project: string;
  readonly rules: readonly Rule[];
  readonly targets: readonly HardwareTarget[];
  readonly baseline: BaselineChoice | undefined;
  readonly onMissingBaseline: 'fail' | 'skip';
  readonly failBuild: boolean;
  readonly context: string;
  readonly comment: boolean;
  readonly token: string;
  readonly branches: readonly string[];
  readonly maxAgeMs: number;
  readonly apiUrl: URL;
  readonly auth: AuthPlace;
}

/** `mistakes`: all of them, one line each. */
export type SettleInputsResult =
  | { readonly kind: 'inputs'; readonly inputs: SettleInputs }
  | { readonly kind: 'mistakes'; readonly lines: readonly string[] };

/** Reads all inputs of the settling step, so that all mistakes are told together. */
export function readSettleInputs(source: InputSource): SettleInputsResult {
  const reader = createReader(source);
  const apiKey = readNeededKey(reader);
  const { workspace, project } = readProject(reader);
  const rules = readRules(reader);
  const token = readNeededToken(reader);
  const rest = {
    workspace,
    rules,
    targets: readTargets(reader),
    baseline: readBaseline(reader, rules),
    onMissingBaseline: reader.choice('on-missing-baseline', ['fail', 'skip'], 'fail'),
    failBuild: reader.flag('fail-build', true),
    context: readSetContext(reader),
    comment: reader.flag('comment', false),
    branches: reader.lines('branches').flatMap((line) => line.replace(/^refs\/heads\//, '') || []),
    maxAgeMs: reader.duration('max-age', '7d'),
    apiUrl: readApiUrl(reader),
    auth: reader.choice('auth', ['header', 'query'], 'header'),
  };
  if (reader.mistakes.length > 0 || apiKey === undefined || project === undefined || token === undefined)
    return { kind: 'mistakes', lines: reader.mistakes.map(mistakeLine) };
  return { kind: 'inputs', inputs: { ...rest, apiKey, project, token } };
}
