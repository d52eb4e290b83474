import type { Reader } from './reader.ts';

/** What the workflow wants of a model that has passed the gate. */
export interface AfterGateInputs {
  /** The folder in the workspace for the headline model's weights; undefined: they are not stored. */
  readonly weights: string | undefined;
  /** Whether the picks of a search are starred. */
  readonly star: boolean;
}

/**
 * Reads `weights` and `star`. Without a judgement neither could ever happen, so another `wait` is a mistake.
 * @param waits whether the step waits for the training and judges it
 */
export function readAfterGate(reader: Reader, waits: boolean): AfterGateInputs {
  const inputs = { weights: reader.folder('weights'), star: reader.flag('star', false) };
  const named = [...(inputs.weights === undefined ? [] : ['weights']), ...(inputs.star ? ['star'] : [])];
  if (!waits)
    for (const name of named)
      reader.mistake(
        name,
        'needs a model that has passed the gate, and with this wait nothing is judged; leave it out, or set wait to "job"',
      );
  return inputs;
}
