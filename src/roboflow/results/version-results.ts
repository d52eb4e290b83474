import { hasMetrics } from '../../training/await-results.ts';
import type { BaselinePlace, VersionResults } from '../../training/training-api.ts';
import { getProjectVersions } from '../endpoints/project.ts';
import type { InProject, ProjectRef } from '../http/in-project.ts';
import type { VersionBody } from '../schema/version-body.ts';
import { resultsPatience } from './ended-training.ts';
import { ownVersionModel, withDetailsOf } from './version-model.ts';

/** Whether `version` is at `place`. */
export function isAt(version: number, place: BaselinePlace): boolean {
  return 'version' in place ? version === place.version : version < place.below;
}

/**
 * The results that the highest version at `place` shows itself: of a training that no list has, as on versions that were
 * trained long ago.
 */
export async function versionResults(
  here: InProject,
  place: BaselinePlace,
): Promise<VersionResults | undefined> {
  const { project } = here;
  const versions = await getProjectVersions(here, resultsPatience(here));
  for (const version of versions.filter(({ number }) => isAt(number, place))) {
    const model = unlistedModel(version, project);
    if (model === undefined || !hasMetrics([model])) continue;
    const source = `version ${version.number}`;
    const results = {
      trainingId: undefined,
      models: [withDetailsOf(version, model)],
      recommended: new Map(),
      source,
      onlyModel: { isOnlyOfVersion: true, trainedSinceMs: version.model?.trainedAtMs },
    };
    return { version: version.number, results };
  }
  return undefined;
}

/** Since no list has a training of the version, what it shows is of the only one that it ever had. */
function unlistedModel(version: VersionBody, project: ProjectRef) {
  const type = version.model?.modelType;
  const own = {
    ...project,
    version: version.number,
    modelIds: [],
    group: undefined,
    modelType: type,
    startedAtMs: undefined,
    others: [],
    isOnlyOne: true,
  };
  return ownVersionModel(version, own, type);
}
