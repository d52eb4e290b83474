import { TrainGateError } from '../../lib/errors.ts';
import { listed } from '../../lib/fit-text.ts';
import { isRecord } from '../../lib/json.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { exactlyOnce } from '../../training/exactly-once.ts';
import type { Sighting } from '../../training/find-new.ts';
import type { VersionChoice } from '../../training/training.ts';
import * as endpoint from '../endpoints/project.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import { creationOf, ifKnown } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import type { VersionBody } from '../schema/version-body.ts';

/** The versions of the project, highest first. Throws TrainGateError with the nearest of the workspace's projects, if there is no such project. */
export async function projectVersions(here: InProject): Promise<readonly VersionBody[]> {
  const { project } = here;
  const versions = await ifKnown(() => endpoint.getProjectVersions(here));
  if (versions !== undefined) return versions;
  throw new TrainGateError(
    `There is no project ${project.workspace}/${project.project} that the key may see.`,
    { hint: await projectHint(here) },
  );
}

/** The list of projects is only a help, so nothing is said about it if it cannot be read. */
async function projectHint(here: InProject): Promise<string> {
  const { workspace, project } = here.project;
  const slugs = await endpoint.listProjects(here).catch((): readonly string[] => []);
  const check =
    'Check project and workspace: slugs stand in the address of the project on Roboflow. A scoped key that lacks a permission can get the same answer.';
  if (slugs.length === 0) return check;
  if (slugs.includes(project))
    return `Workspace ${workspace} lists it all the same: re-run this job, or check that the key may read this project.`;
  return `Workspace ${workspace} has ${listed(slugs)}${didYouMean(project, slugs) || '.'}`;
}

/** The version that `choice` names; undefined if a new one is to be generated. Throws TrainGateError if there is none. */
export function existingVersion(
  choice: VersionChoice,
  versions: readonly VersionBody[],
  { workspace, project }: ProjectRef,
): VersionBody | undefined {
  if (choice.kind === 'new') return undefined;
  const [latest] = versions;
  if (latest === undefined)
    throw new TrainGateError(`Project ${workspace}/${project} has no dataset version yet.`, {
      hint: 'Generate one on Roboflow, or set version to "new".',
    });
  if (choice.kind === 'latest') return latest;
  const version = versions.find(({ number }) => number === choice.number);
  if (version !== undefined) return version;
  const numbers = versions.map(({ number }) => number);
  const has = numbers.length === 1 ? `version ${latest.number}` : `versions ${listed(numbers)}`;
  throw new TrainGateError(
    `There is no version ${choice.number} of ${workspace}/${project}: it has ${has}.`,
    {
      hint: 'Set version to one of these, to "latest" or to "new".',
    },
  );
}

/** Generates a version exactly once, above `versions`, and gives its number; it is not ready yet. */
export async function generateVersion(
  choice: VersionChoice,
  versions: readonly VersionBody[],
  here: InProject,
  timeoutAtMs: number,
): Promise<number> {
  const asked = choice.kind === 'new' ? choice : undefined;
  const [latest] = versions;
  const body = {
    preprocessing: asked?.preprocessing ?? latest?.preprocessing ?? {},
    augmentation: asked?.augmentation ?? latest?.augmentation ?? {},
  };
  const numbers = async () => new Set((await endpoint.getProjectVersions(here)).map(({ number }) => number));
  const { thing: number } = await exactlyOnce<number, ReadonlySet<number>>(
    {
      what: 'version',
      glance: async () => ({ kind: 'clear', snapshot: await numbers() }),
      send: () => creationOf(() => endpoint.generateVersion(here, body), here.clock),
      findNew: (known) => newVersions(known, body, here),
      ifUnclear:
        'Look at the versions of the project on Roboflow before you start again; no training was started.',
    },
    timeoutAtMs,
    here,
  );
  here.log.info(`Generating version ${number}.`);
  return number;
}

async function newVersions(
  known: ReadonlySet<number>,
  recipe: endpoint.VersionRecipe,
  here: InProject,
): Promise<readonly Sighting<number>[]> {
  const now = await endpoint.getProjectVersions(here, outagePatience(here));
  return now.flatMap((version): Sighting<number>[] => {
    const thing = version.number;
    if (known.has(thing)) return [];
    const parts = ['preprocessing', 'augmentation'] as const;
    const other = parts.find((part) => version[part] !== undefined && differs(recipe[part], version[part]));
    const doubt = other && `version ${thing} is new, but its ${other} is not what was asked for`;
    return [{ id: String(thing), thing, doubt }];
  });
}

/** Whether something that was asked for is shown as another value. Roboflow may add settings, and write keys in its own way. */
function differs(asked: unknown, shown: unknown): boolean {
  if (!isRecord(asked) || !isRecord(shown))
    return plain(JSON.stringify(asked)) !== plain(JSON.stringify(shown) ?? '');
  const byKey = new Map(Object.entries(shown).map(([key, value]) => [plain(key), value]));
  return Object.entries(asked).some(([key, value]) => differs(value, byKey.get(plain(key))));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, '');
}
