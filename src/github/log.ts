import * as core from '@actions/core';
import { ANSI } from '../lib/ansi.ts';
import type { Log } from '../lib/log.ts';

/** The log of the step that is running. Every text is made harmless for the runner here, and nowhere else. */
export function stepLog(): Log {
  return {
    info: (text) => core.info(logText(text)),
    debug: (text) => core.debug(logText(text)),
    notice: (text) => core.notice(logText(text)),
    warning: (text) => core.warning(logText(text)),
    failure: (text) => core.setFailed(logText(text)),
  };
}

/**
 * `text` as it may stand in the log: it begins no workflow command, neither `::name::` at the start of a line nor
 * `##[name]` anywhere, and holds no control, ANSI or bidirectional characters (docs/github.md#text-and-secrets).
 */
export function logText(text: string): string {
  return clipped(text)
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(INVISIBLE, '\u{FFFD}')
    .replace(/##\[/g, '#\u{200B}#[')
    .replace(/^([^\S\n]*):(?=:)/gmu, '$1:\u{200B}');
}

/** Longer texts are no message, but a body that something put into one. */
const LONGEST_TEXT = 20_000;

function clipped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}... and ${text.length - LONGEST_TEXT} characters more`;
}

/** All of categories Cc and Cf, but for newline and tab. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu;
