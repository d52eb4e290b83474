import { isCrashText } from '../../lib/crash-text.ts';
import type { ComparedTraining } from '../compared-trainings.ts';
import type { Voice } from '../markdown/voice.ts';
import { lackClause } from './end-words.ts';

interface Advice {
  /** Words that leave no doubt: a word alone, such as `quota`, can mean anything. */
  readonly says: Pick<RegExp, 'test'>;
  readonly what: string;
  readonly todo: string;
}

/** What Roboflow says of a training that failed, where it is clear and something is known to help. */
const KNOWN: readonly Advice[] = [
  {
    says: /out of memory/iu,
    what: 'The model did not fit into the memory of the device.',
    todo: 'Train a smaller model type, or a version with smaller images.',
  },
  {
    says: /(?:insufficient|not enough|too few|out of|no more) credits\b|credit[ _](?:cap|limit)[ _]exceeded/iu,
    what: 'The workspace has too few credits.',
    todo: 'Add credits on Roboflow; a new workflow run then starts the training again.',
  },
  {
    says: /\bnot (?:available|included|enabled|allowed) (?:on|in|with|for|by) (?:your|the|this) (?:current )?plan\b|\bplan (?:of the workspace )?does not (?:include|allow)\b|\bupgrade (?:your|the) plan\b/iu,
    what: 'The plan of the workspace does not include this training.',
    todo: 'Train another model type, or change the plan on Roboflow.',
  },
  {
    says: /\b(?:too few|not enough|insufficient|at least \d+) (?:\w+ ){0,2}images\b/iu,
    what: 'The version has too few images.',
    todo: 'Add images to the project, generate a new version, and train that.',
  },
  {
    says: /\b(?:dataset|version) export failed\b|\bfailed to export (?:the )?(?:dataset|version)\b/iu,
    what: 'The version could not be exported for this model type.',
    todo: 'Generate a new version of the same images, and train that.',
  },
  {
    says: { test: isCrashText },
    what: "Roboflow's own code broke.",
    todo: 'Start the training again; if it stays, show its page to the support of Roboflow.',
  },
];

/** What to do about a training that failed for `reason`; undefined if its words do not say it clearly. */
export function adviceFor(reason: string | undefined, voice: Voice): string | undefined {
  const advice = KNOWN.find(({ says }) => says.test(reason ?? ''));
  return advice && `${voice.bold(advice.what)} ${advice.todo}`;
}

/** What is known to help the first of `lacking` of which anything is known. */
export function adviceOn(lacking: readonly ComparedTraining[], voice: Voice): string | undefined {
  for (const training of lacking) {
    const advice = adviceFor(lackClause(training), voice);
    if (advice !== undefined) return `${voice.code(training.modelType)}: ${advice}`;
  }
  return undefined;
}
