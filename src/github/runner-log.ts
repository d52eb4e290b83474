import * as core from '@actions/core';
import type { Log } from '../lib/context.ts';

/** The log of the running step. This is the only place that makes texts harmless for the runner. */
export function runnerLog(): Log {
  return {
    info: (text) => core.info(logText(text)),
    debug: (text) => core.debug(logText(text)),
    notice: (text) => core.notice(logText(text)),
    warning: (text) => core.warning(logText(text)),
    failure: (text) => core.setFailed(logText(text)),
  };
}

/**
 * `text` made safe for the log: no workflow command (`::name::` at the start of a line, `##[name]` anywhere), and no
 * control, ANSI or bidirectional characters (docs/github.md#text-and-secrets).
 */
export function logText(text: string): string {
  return clipped(text)
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(INVISIBLE, '\u{FFFD}')
    .replace(/##\[/g, '#\u{200B}#[')
    .replace(/^([^\S\n]*):(?=:)/gmu, '$1:\u{200B}');
}

/** A longer text is no message but the body of an answer inside one. */
const LONGEST_TEXT = 20_000;

function clipped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}... and ${text.length - LONGEST_TEXT} characters more`;
}

/** Escape sequences of terminals, such as colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character.
const ANSI = /\u{1B}(?:\[[0-?]*[ -/]*[@-~]|\][^\n\u{7}\u{1B}]*(?:\u{7}|\u{1B}\\)?|[@-Z\\-_])/gu;

/** All characters of the categories Cc and Cf, except newline and tab. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu;
