import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readApiError, readEndAnswer, readKeyWorkspace } from '../../../src/roboflow/schema/answer.ts';
import { AnnotationJobsError, readJob, readJobs } from '../../../src/roboflow/schema/job-body.ts';
import { readModelRows, readResults } from '../../../src/roboflow/schema/results-body.ts';
import { ShapeError } from '../../../src/roboflow/schema/shape.ts';
import { readRecipe, readTraining, readTrainings } from '../../../src/roboflow/schema/training-body.ts';
import {
  readExport,
  readGenerated,
  readProjectVersions,
  readVersion,
} from '../../../src/roboflow/schema/version-body.ts';
import { runs } from '../../setup/seeds.ts';

test('whatever comes is read, or refused as a wrong shape or as labelling jobs', () => {
  const keys = fc.constantFrom(
    'id',
    'jobId',
    'status',
    'version',
    'versions',
    'models',
    'job',
    'jobs',
    'error',
    'labeler',
    'model',
    'trainings',
    'trainingId',
    'schema',
    'hyperparameters',
    'splits',
    'exports',
    'refund',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.dictionary(keys, tie('tree')),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));
  const readers = [
    readJob,
    (body: unknown) => readJob(body, 'job_x1'),
    readJobs,
    (body: unknown) => readTraining(body, 7),
    (body: unknown) => readTraining(body, 7, 't1'),
    (body: unknown) => readTrainings(body, 7),
    readRecipe,
    readGenerated,
    (body: unknown) => readExport(body, 202),
    readResults,
    readModelRows,
    readVersion,
    readProjectVersions,
    readKeyWorkspace,
    readApiError,
    readEndAnswer,
  ];
  fc.assert(
    fc.property(tree, fc.constantFrom(...readers), (body, read: (body: unknown) => unknown) => {
      try {
        read(body);
      } catch (error) {
        expect(error instanceof ShapeError || error instanceof AnnotationJobsError).toBe(true);
      }
    }),
    { numRuns: runs(250) },
  );
});
