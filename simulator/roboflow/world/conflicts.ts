import { conflict, type Refusal } from '../answer.ts';

/** 409 to a cancel of a training that is over (docs/internals/roboflow-api.md#errors). */
export function cannotCancel(): Refusal {
  return conflict('CANNOT_CANCEL', 'Cannot cancel non-running train job.');
}

/** 409 to a call without an id when several trainings could be meant (docs/internals/roboflow-api.md#errors). */
export function multipleTrainings(): Refusal {
  return conflict('MULTIPLE_TRAININGS', 'This version has several trainings; name one by trainingId.');
}

/** 409 to a second start on a one-model version. */
export function versionAlreadyTrained(): Refusal {
  return conflict('VERSION_ALREADY_TRAINED', 'This version already has a training.');
}
