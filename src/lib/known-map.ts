/** A map of those of `entries` whose key and value are both known. */
export function knownMap<Key, Value>(
  entries: readonly (readonly [key: Key | undefined, value: Value | undefined])[],
): Map<Key, Value> {
  const known = new Map<Key, Value>();
  for (const [key, value] of entries) if (key !== undefined && value !== undefined) known.set(key, value);
  return known;
}
