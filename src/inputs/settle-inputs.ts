import { type ConnectionInputs, readConnection, readNeededKey } from './connection.ts';
import { type GateInputs, readGate } from './gate.ts';
import { createReader, type InputSource, withoutComment } from './reader.ts';
import { readNeededToken, readSetContext } from './status-inputs.ts';

/** The inputs of `settle/action.yml`, without any text that still has to be parsed. */
export interface SettleInputs extends ConnectionInputs, GateInputs {
  readonly context: string;
  readonly comment: boolean;
  readonly token: string;
  readonly branches: readonly string[];
  readonly maxAgeMs: number;
}

/** `mistakes`: all of them, one line each. */
export type SettleInputsResult =
  | { readonly kind: 'inputs'; readonly inputs: SettleInputs }
  | { readonly kind: 'mistakes'; readonly lines: readonly string[] };

/** Reads all inputs of the settling step, so that all mistakes are told together. */
export function readSettleInputs(source: InputSource): SettleInputsResult {
  const reader = createReader(source);
  const { apiKey, project, ...connection } = readConnection(reader, readNeededKey);
  const gate = readGate(reader);
  const { baseline } = gate;
  if (baseline?.kind === 'file' && baseline.past === undefined)
    reader.mistake('baseline', `there is no file "${baseline.path}" in the workspace or in RUNNER_TEMP`);
  const token = readNeededToken(reader);
  const rest = {
    ...connection,
    ...gate,
    context: readSetContext(reader),
    comment: reader.flag('comment', false),
    branches: reader
      .lines('branches')
      .flatMap((line) => withoutComment(line).replace(/^refs\/heads\//, '') || []),
    maxAgeMs: reader.duration('max-age', '7d'),
  };
  if (reader.mistakes.length > 0 || apiKey === undefined || project === undefined || token === undefined)
    return { kind: 'mistakes', lines: reader.mistakes };
  return { kind: 'inputs', inputs: { ...rest, apiKey, project, token } };
}
