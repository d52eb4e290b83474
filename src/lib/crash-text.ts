/** What JavaScript and Python say when a program breaks, which no program says of what it was given. */
const CRASH =
  /\bCannot (?:read|set) propert(?:y|ies) |\b(?:Type|Reference|Range|Syntax)Error: | is not a function\b|^\s+at .+:\d+|Traceback \(most recent call last\)|'NoneType' object/m;

/** Whether `text` is what is said by a program that broke, and so tells nothing of what it was asked for. */
export function isCrashText(text: string | undefined): boolean {
  return text !== undefined && CRASH.test(text);
}

/** `text` without the calls that led to a crash, which are for those who wrote that program. */
export function withoutCalls(text: string): string {
  return text.replace(/\n\s+at [\s\S]*$/, '');
}
