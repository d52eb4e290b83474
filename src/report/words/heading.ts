import type { Comparison } from '../compared-trainings.ts';
import { type Checked, type Conclusion, comparisonOf, endOfOne, type Undecided } from '../conclusion.ts';
import { plainLine } from '../markdown/markdown.ts';
import { PLAIN, type Voice } from '../markdown/voice.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { duration, NBSP } from './numbers.ts';
import { undecidedWords } from './undecided-words.ts';
import { nothingJudged, verdictWords } from './verdict.ts';

const LONGEST_REASON = 400;

const OUTCOMES = {
  passed: '✅ Passed',
  failed: '❌ Failed',
  undecided: '⚠️ Not judged',
} as const;

/** The first line: what came of it, in words that need nothing else. */
export function headingWords(conclusion: Conclusion, facts: TrainingFacts | undefined, voice: Voice): string {
  switch (conclusion.kind) {
    case 'judged': {
      const ofOne = comparisonOf(conclusion) === undefined && facts !== undefined ? notesOn(facts) : [];
      const notes = [
        ...ofOne,
        ...(conclusion.isAccepted === true ? ['accepted, since fail-build is false'] : []),
      ];
      const note = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
      const nothing = nothingJudged(conclusion, note, voice);
      return nothing ?? `${OUTCOMES[conclusion.verdict.outcome]}${note}: ${verdictWords(conclusion, voice)}`;
    }
    case 'started':
      return `⏳ Started: ${severalWords(comparisonOf(conclusion))}${conclusion.inFlight ? '' : 'over already, '}not judged yet`;
    case 'checked':
      return `🔎 Checked: ${plannedWords(conclusion, voice)}`;
    case 'skipped':
      return `⏭️ Skipped: ${voice.prose(conclusion.reason, LONGEST_REASON)}`;
    case 'undecided':
      return `${OUTCOMES.undecided}: ${whyWords(conclusion, voice)}`;
  }
}

/** `stopped early after 42 min`, `training of version 7, 24 h old`: what is not as one expects of a training. */
function notesOn({ isStopped, trainedMs, version, ageMs }: TrainingFacts): readonly string[] {
  const after = trainedMs === undefined ? '' : ` after ${duration(trainedMs)}`;
  const of = version === undefined ? '' : ` of version${NBSP}${version}`;
  return [
    ...(isStopped === true ? [`stopped early${after}`] : []),
    ...(ageMs === undefined ? [] : [`training${of}, ${duration(ageMs)} old`]),
  ];
}

/** The same as plain text without its icon, for whoever shows the outcome beside it. */
export function plainHeading(conclusion: Conclusion, facts: TrainingFacts | undefined): string {
  return headingWords(conclusion, facts, PLAIN).replace(/^\S+ /u, '');
}

const LONGEST_VERDICT = 300;
const ZERO_WIDTH_SPACE = '\u{200B}';

/** The heading for the output `verdict`: one short line, in which no `@` mentions anybody where it is shown. */
export function verdictLine(
  conclusion: Conclusion,
  facts?: TrainingFacts,
  longest = LONGEST_VERDICT,
): string {
  const line = plainLine(plainHeading(conclusion, facts), longest).replaceAll('@', `@${ZERO_WIDTH_SPACE}`);
  return line.length > LONGEST_VERDICT ? verdictLine(conclusion, facts, longest - 1) : line;
}

function severalWords(comparison: Comparison | undefined): string {
  return comparison === undefined ? '' : `${comparison.trainings.length} trainings, `;
}

function whyWords(undecided: Undecided, voice: Voice): string {
  const end = endOfOne(undecided);
  switch (end?.kind) {
    case 'failed': {
      const clause = end.reason && firstClause(end.reason);
      return `the training failed${clause ? `: ${voice.prose(clause, LONGEST_REASON)}` : ''}`;
    }
    case 'cancelled':
      return 'the training was cancelled';
    case 'timed-out':
      return `still training after ${duration(end.timeoutMs)}`;
    default:
      return voice.prose(afterColon(undecidedWords(undecided.why).reason), LONGEST_REASON);
  }
}

/** A sentence goes on behind a colon: but for names it begins there with a small letter, and if it is alone, has no full stop. */
function afterColon(sentence: string): string {
  const first = /^(?!Roboflow|GitHub)[A-Z](?=[a-z]*\s)/u;
  return sentence.replace(first, (letter) => letter.toLowerCase()).replace(/^([^.]+)\.$/u, '$1');
}

/** The words of Roboflow's reason that a heading has room for. */
export function firstClause(reason: string): string {
  return /^\s*[^:.;\n]{3,}(?=[:;\n]|\.(?:\s|$))/u.exec(reason)?.[0].trim() ?? reason.trim();
}

function plannedWords({ action, version }: Checked, voice: Voice): string {
  const where = version.kind === 'new' ? 'a new version' : `version${NBSP}${version.version}`;
  switch (action.kind) {
    case 'start':
      return `would start ${voice.code(action.modelType)} on ${where}`;
    case 'attach':
      return `would wait for training ${voice.code(action.jobId)}, which is under way on ${where}`;
    case 'judge':
      return `would judge training ${voice.code(action.jobId)}, which has ended on ${where}`;
  }
}
