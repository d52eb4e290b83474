import type { Comparison } from '../compared-trainings.ts';
import type { Cause, Checked, Conclusion } from '../conclusion.ts';
import type { Voice } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { comparedVerdictWords } from './compared-verdict.ts';
import { duration, NBSP } from './numbers.ts';
import { verdictWords } from './verdict.ts';

const LONGEST_REASON = 400;

const OUTCOMES = {
  passed: '✅ Passed',
  failed: '❌ Failed',
  undecided: '⚠️ Not judged',
} as const;

/** The first line: what came of it, in words that need nothing else. */
export function headingWords(conclusion: Exclude<Conclusion, { kind: 'judged' }>, voice: Voice): string {
  switch (conclusion.kind) {
    case 'started':
      return `⏳ Started: ${severalWords(conclusion.comparison)}${conclusion.inFlight ? '' : 'over already, '}not judged yet`;
    case 'checked':
      return `🔎 Checked: ${plannedWords(conclusion, voice)}`;
    case 'skipped':
      return `⏭️ Skipped: ${voice.prose(conclusion.reason, LONGEST_REASON)}`;
    case 'undecided': {
      const { cause, reason, comparison } = conclusion;
      const words =
        cause === undefined || comparison !== undefined
          ? voice.prose(reason, LONGEST_REASON)
          : causeWords(cause, voice);
      return `${OUTCOMES.undecided}: ${words}`;
    }
  }
}

function severalWords(comparison: Comparison | undefined): string {
  return comparison === undefined ? '' : `${comparison.trainings.length} trainings, `;
}

/** The same for what was judged: one training, or several. */
export function judgedHeadingWords(page: JudgedPage, voice: Voice): string {
  const { compared } = page;
  const words =
    compared === undefined ? verdictWords(page, voice) : comparedVerdictWords(page, compared, voice);
  return `${OUTCOMES[page.judged.verdict.outcome]}: ${words}`;
}

function causeWords(cause: Cause, voice: Voice): string {
  switch (cause.kind) {
    case 'training-failed': {
      const clause = cause.reason && firstClause(cause.reason);
      return `the training failed${clause ? `: ${voice.prose(clause, LONGEST_REASON)}` : ''}`;
    }
    case 'training-cancelled':
      return 'the training was cancelled';
    case 'timeout':
      return `still training after ${duration(cause.timeoutMs)}`;
  }
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
      return `would wait for the training that is under way on ${where}`;
    case 'judge':
      return `would judge the finished training of ${where}`;
  }
}
