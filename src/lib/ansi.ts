/** Escape sequences of terminals: the log leaves them out, and the key must not hide in them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this looks for.
export const ANSI = /\u{1B}(?:\[[0-?]*[ -/]*[@-~]|\][^\n\u{7}\u{1B}]*(?:\u{7}|\u{1B}\\)?|[@-Z\\-_])/gu;
