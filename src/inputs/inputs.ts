import { type EndMode, ROUTE_NAMES } from '../training/training-api.ts';
import { type ConnectionInputs, noSecrets, readConnection, readKey } from './connection.ts';
import { type GateInputs, readGate } from './gate.ts';
import { createReader, type InputSource, type Reader } from './reader.ts';
import { readStatus, readStatusContext, type StatusInputs } from './status-inputs.ts';
import type { RunInputs } from './together.ts';
import { readModelTypes, readTrainingInputs, type TrainingInputs } from './training-inputs.ts';

/** What to do with a training that this step started and no longer waits for. */
export type EndChoice = EndMode | 'leave';

const END_CHOICES: readonly EndChoice[] = ['cancel', 'stop', 'leave'];

/** What the comment needs. */
export type CommentInputs = NonNullable<ReturnType<typeof readComment>>;

/** The inputs of the action, without any text that still has to be parsed. */
export interface Inputs extends ConnectionInputs, GateInputs, RunInputs {
  readonly training: TrainingInputs;
  readonly dryRun: boolean;
  readonly status: StatusInputs | undefined;
  readonly timeoutMs: number;
  readonly pollIntervalMs: number | undefined;
  readonly onCancel: EndChoice;
  readonly onTimeout: EndChoice;
  readonly comment: CommentInputs | undefined;
}

/** `no-key`: secrets are withheld, and `on-missing-key` is `skip`. `mistakes`: a line each, and the comment to tell them in. */
export type InputsResult =
  | { readonly kind: 'inputs'; readonly inputs: Inputs }
  | { readonly kind: 'no-key'; readonly why: string }
  | {
      readonly kind: 'mistakes';
      readonly lines: readonly string[];
      readonly comment: CommentInputs | undefined;
    };

/** Reads all inputs, so that all mistakes are told together. */
export function readInputs(source: InputSource): InputsResult {
  const reader = createReader(source);
  const { apiKey, project, ...connection } = readConnection(reader, readKey);
  const gate = readGate(reader);
  const beside = {
    route: reader.choice('route', ['auto', ...ROUTE_NAMES], 'auto'),
    modelTypes: readModelTypes(reader),
    maxParallel: reader.wholeNumber('max-parallel') ?? 4,
    wait: reader.choice('wait', ['job', 'none', 'status'], 'job'),
    weights: reader.folder('weights'),
    star: reader.flag('star', false),
  };
  const training = readTrainingInputs(reader, beside);
  const dryRun = reader.flag('dry-run', false);
  const rest = {
    ...connection,
    ...gate,
    ...beside,
    dryRun,
    status: readStatus(reader, beside.wait),
    ...readTimes(reader),
    onCancel: reader.choice('on-cancel', END_CHOICES, 'cancel'),
    onTimeout: reader.choice('on-timeout', END_CHOICES, 'leave'),
    comment: readComment(reader, project, beside.modelTypes, dryRun),
  };
  if (reader.mistakes.length === 0 && apiKey === undefined && reader.withheldFrom !== undefined)
    return { kind: 'no-key', why: noSecrets(reader.withheldFrom) };
  if (reader.mistakes.length > 0 || apiKey === undefined || project === undefined || training === undefined)
    return { kind: 'mistakes', lines: reader.mistakes, comment: rest.comment };
  return { kind: 'inputs', inputs: { ...rest, apiKey, project, training } };
}

/** As the workflow writes it, so that a step that ends early finds the same comment again. */
function readComment(
  reader: Reader,
  project: string | undefined,
  modelTypes: readonly string[],
  dryRun: boolean,
) {
  const token = reader.text('github-token');
  const modelType = modelTypes.length === 0 ? undefined : modelTypes.join(', ');
  const statusContext = readStatusContext(reader);
  const isWanted = reader.flag('comment', false);
  // A dry run leaves comments as they are, and what is misspelt may be meant as one.
  const mayBeDry = dryRun || reader.mistakes.some((line) => line.startsWith('dry-run:'));
  return isWanted && !mayBeDry ? { token, project, modelType, statusContext } : undefined;
}

const DEFAULT_TIMEOUT = '5h30m';

/** How long to wait for the training, and how often to look at it. Without `poll-interval` the schedule adapts. */
function readTimes(reader: Reader) {
  const timeoutMs = reader.duration('timeout', DEFAULT_TIMEOUT);
  const given = reader.text('poll-interval');
  const pollIntervalMs = given === undefined ? undefined : reader.duration('poll-interval', given);
  if (pollIntervalMs !== undefined && timeoutMs <= pollIntervalMs)
    reader.mistake(
      'timeout',
      `"${reader.text('timeout') ?? DEFAULT_TIMEOUT}" must be longer than poll-interval, "${given}"`,
    );
  return { timeoutMs, pollIntervalMs };
}
