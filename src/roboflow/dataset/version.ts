import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { exactlyOnce } from '../../training/exactly-once.ts';
import type { VersionChoice } from '../../training/version-choice.ts';
import { generateVersion, getProjectVersions, type ProjectRef } from '../endpoints/project.ts';
import type { Api } from '../http/api.ts';
import { creationOf } from '../http/outcome.ts';
import type { VersionBody } from '../schema/version.ts';

/**
 * The number of the version that `choice` means. A new one is generated exactly once, and is not ready yet.
 * @param versions those of the project, highest first
 */
export async function resolveVersion(
  choice: VersionChoice,
  versions: readonly VersionBody[],
  api: Api,
  project: ProjectRef,
  timeoutAtMs: number,
  context: Context,
): Promise<number> {
  switch (choice.kind) {
    case 'number':
      return choice.number;
    case 'new':
      return generate(choice, versions, api, project, timeoutAtMs, context);
    case 'latest': {
      const [latest] = versions;
      if (latest !== undefined) return latest.number;
      throw new TrainGateError(
        `Project ${project.workspace}/${project.project} has no dataset version yet.`,
        { hint: 'Generate one on Roboflow, or set version to "new".' },
      );
    }
  }
}

async function generate(
  choice: Extract<VersionChoice, { kind: 'new' }>,
  versions: readonly VersionBody[],
  api: Api,
  project: ProjectRef,
  timeoutAtMs: number,
  context: Context,
): Promise<number> {
  const known = new Set(versions.map(({ number }) => number));
  const [latest] = versions;
  const body = {
    preprocessing: choice.preprocessing ?? latest?.preprocessing ?? {},
    augmentation: choice.augmentation ?? latest?.augmentation ?? {},
  };
  const once = {
    what: 'version',
    create: () => creationOf(() => generateVersion(api, project, body), context.clock),
    find: async () => {
      const now = await getProjectVersions(api, project);
      const made = now.find(({ number }) => !known.has(number));
      return made === undefined
        ? ({ kind: 'nothing' } as const)
        : ({ kind: 'found', thing: made.number } as const);
    },
    describe: (number: number) => `version ${number}`,
    ifUnclear:
      'Look at the versions of the project on Roboflow before you start again; no training was started.',
  };
  const number = await exactlyOnce(once, timeoutAtMs, context);
  context.log.info(`Generating version ${number}.`);
  return number;
}
