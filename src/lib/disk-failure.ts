import { reasonOf, TrainGateError } from './errors.ts';

/** The disk has no room, or the account's share of it is used up. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** What to tell a person of `error`, by which the file system refused to write the file `name`. */
export function diskFailure(name: string, error: unknown): TrainGateError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (FULL.includes(code)) return noRoom(name, `the disk says ${code}`);
  return new TrainGateError(`${name} could not be written: ${reasonOf(error)}`, {
    hint: 'Check that its folder can be written to, and that nothing but a file has its name.',
    cause: error,
  });
}

/** The disk is full, or would be. */
export function noRoom(name: string, reason: string): TrainGateError {
  return new TrainGateError(`There is no room on the disk for ${name}: ${reason}.`, {
    hint: 'Free some space before this step, or use a runner with a larger disk.',
  });
}
