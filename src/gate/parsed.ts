/** What came of reading a text: a value, or what is wrong with it. */
export type Parsed<Value> =
  | { readonly kind: 'parsed'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: string };

export function parsed<Value>(value: Value): { readonly kind: 'parsed'; readonly value: Value } {
  return { kind: 'parsed', value };
}

export function problem(text: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem: text };
}
