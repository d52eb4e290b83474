import type { Voice } from '../markdown/voice.ts';

interface Advice {
  readonly matches: RegExp;
  readonly what: string;
  readonly todo: string;
}

/** What Roboflow's words on a failed training mean, as far as something is known to help. */
const KNOWN: readonly Advice[] = [
  {
    matches: /out of memory|\boom\b|cuda.*memory|memory.*(?:exceeded|exhausted)/iu,
    what: 'The model did not fit into the memory of the device.',
    todo: 'Train a smaller model type, or a version with smaller images.',
  },
  {
    matches: /credit|quota|billing|payment/iu,
    what: 'The workspace has too few credits.',
    todo: 'Add credits on Roboflow; a new workflow run then starts the training again.',
  },
  {
    matches: /\bplan\b|upgrade|not (?:available|enabled) for (?:your|this) (?:workspace|account)/iu,
    what: 'The plan of the workspace does not include this training.',
    todo: 'Train another model type, or change the plan on Roboflow.',
  },
  {
    matches: /(?:too few|not enough|insufficient|at least \d+|no) (?:\w+ )?(?:images|annotations|data)/iu,
    what: 'The version has too few images.',
    todo: 'Add images to the project, generate a new version, and train that.',
  },
  {
    matches: /export/iu,
    what: 'The version could not be exported for this model type.',
    todo: 'Generate a new version of the same images, and train that.',
  },
];

/** What to do about a training that failed for `reason`; undefined if the reason is not known to us. */
export function adviceFor(reason: string | undefined, voice: Voice): string | undefined {
  const advice = KNOWN.find(({ matches }) => matches.test(reason ?? ''));
  return advice && `${voice.bold(advice.what)} ${advice.todo}`;
}
