import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What expressions can see. */
export type Contexts = Readonly<Record<string, unknown>>;
/** Functions that look at the run: those of its status, and `hashFiles`. */
export type Functions = Readonly<Record<string, (argument: string) => string | boolean>>;

/** The text that GitHub's own evaluator makes of an expression. */
export function evaluated(expression: string, contexts: Contexts, functions: Functions = {}): string {
  const infos = Object.keys(functions).map((name) => ({ name, description: '', minArgs: 0, maxArgs: 1 }));
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), infos).parse();
  const known: unknown = JSON.parse(JSON.stringify(contexts), data.reviver);
  if (!(known instanceof data.Dictionary)) throw new Error('contexts are a dictionary');
  const called = infos.map((info) => {
    const call = (argument?: data.ExpressionData) => {
      const value = functions[info.name]?.(argument?.coerceString() ?? '') ?? '';
      return typeof value === 'boolean' ? new data.BooleanData(value) : new data.StringData(value);
    };
    return [info.name.toLowerCase(), { ...info, call }] as const;
  });
  return new Evaluator(parsed, known, new Map(called)).evaluate().coerceString();
}

/** Whether the condition of a job or step holds. GitHub puts `success()` before one that asks for no status. */
export function holds(condition: string | undefined, contexts: Contexts, functions: Functions): boolean {
  const inner = (condition ?? 'true').replace(/^\s*\$\{\{(.*)\}\}\s*$/, '$1');
  const asksStatus = /\b(?:success|failure|cancelled|always)\(\)/.test(inner);
  const whole = `(${asksStatus ? inner : `success() && (${inner})`}) && 'yes' || 'no'`;
  return evaluated(whole, contexts, functions) === 'yes';
}

/** `values` with their expressions filled in. */
export function filledIn(
  values: Readonly<Record<string, unknown>> = {},
  contexts: Contexts,
  functions: Functions = {},
): Readonly<Record<string, string>> {
  const fill = (text: string) =>
    text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluated(expression, contexts, functions));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value))]));
}
