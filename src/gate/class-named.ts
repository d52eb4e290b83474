/**
 * The one of `names` that `wanted` means: exactly it; else the only one that differs just in case; else the only one that is
 * what Roboflow's evaluations make of it, with dashes for letters that are not ASCII
 * (docs/roboflow-api.md#model-evaluations). Undefined if there is none, or if it could be several.
 */
export function classNamed(wanted: string, names: readonly string[]): string | undefined {
  if (names.includes(wanted)) return wanted;
  const lowered = wanted.toLowerCase();
  const sameLetters = names.filter((name) => name.toLowerCase() === lowered);
  if (sameLetters.length > 0) return only(sameLetters);
  const dashed = withDashes(lowered);
  // Dashes alone could stand for any word of that length.
  if (!/[a-z]/u.test(dashed)) return undefined;
  return only(names.filter((name) => withDashes(name.toLowerCase()) === dashed));
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function withDashes(name: string): string {
  return name.replace(/[^ -~]/gu, '-');
}
