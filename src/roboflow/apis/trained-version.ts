import { endedWithoutModel, newestFirst, type Training } from '../../training/training.ts';
import type { BaselinePlace, PastVersion } from '../../training/training-api.ts';
import { getProjectVersions } from '../endpoints/project.ts';
import type { InProject } from '../http/api.ts';
import { outagePatience } from '../http/retry.ts';
import { unlistedResults } from '../results/version-results.ts';

/** No more versions are asked about one by one. */
export const MOST_VERSIONS = 30;

/** The newest trained version at `place`, from the highest down; `list` may have trainings of other versions too. */
export async function trainedVersion(
  here: InProject,
  place: BaselinePlace,
  list: (version: number) => Promise<readonly Training[]>,
): Promise<PastVersion | undefined> {
  const isThere = (version: number) =>
    'version' in place ? version === place.version : version < place.below;
  const versions = await getProjectVersions(here, outagePatience(here));
  for (const body of versions.filter(({ number }) => isThere(number)).slice(0, MOST_VERSIONS)) {
    const version = body.number;
    const listed = (await list(version)).filter((training) => training.version === version);
    const trainings = newestFirst(listed.filter(({ phase }) => phase === 'succeeded'));
    if (trainings.length > 0) return { version, trainings, unlisted: undefined };
    // What a version shows beside one in flight may be of that one.
    const unlisted = listed.every(({ phase }) => endedWithoutModel(phase))
      ? unlistedResults(body, here.project)
      : undefined;
    if (unlisted !== undefined) return { version, trainings, unlisted };
  }
  return undefined;
}
