/**
 * The one of `names` that `wanted` means: exactly it; else the only one that looks the same (one letter can be written as one
 * character or as two); else the only one that differs just in case; else the only one that is what Roboflow's evaluations make of
 * it, with dashes for what is not ASCII (docs/internals/roboflow-api.md#model-evaluations). Undefined if there is none, or if it could be
 * several.
 */
export function classNamed(wanted: string, names: readonly string[]): string | undefined {
  if (names.includes(wanted)) return wanted;
  for (const form of [composed, (name: string) => composed(name.toLowerCase())]) {
    const same = names.filter((name) => form(name) === form(wanted));
    if (same.length > 0) return only(same);
  }
  // Roboflow replaces what it stores, which may be either form.
  const dashed = ['NFC', 'NFD'].map((form) => withDashes(wanted.toLowerCase().normalize(form)));
  // Dashes alone could stand for any word of that length.
  if (!dashed.some((each) => /[a-z]/u.test(each))) return undefined;
  return only(names.filter((name) => dashed.includes(withDashes(name.toLowerCase()))));
}

function composed(name: string): string {
  return name.normalize('NFC');
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function withDashes(name: string): string {
  return name.replace(/[^ -~]/gu, '-');
}
