import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';
import { readText } from './pages.ts';

async function textsIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(path.join(projectRoot, folder), { recursive: true });
  const wanted = files.filter((file) => /\.(?:ts|md)$/.test(file) && !file.startsWith('docs'));
  return Promise.all(wanted.map((file) => readText(path.join(folder, file))));
}

/** The code without its comments; what a text has in place of `${...}` is any text. */
const src = (await textsIn('src'))
  .map((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*/g, '').replace(/\\(['"`])/g, '$1'))
  .map((text) => text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…'));
/** What is put together of several texts stands whole in what the tests expect. */
const said = [...src, ...(await textsIn('__tests__'))];

/** Whether a message has these words; numbers and `...` in them stand for any text. */
function isSaid(quote: string): boolean {
  const parts = quote
    .split(/\s*\.\.\.\s*|\d[\d,]*/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(parts.join('[^\\n]*'));
  return said.some((text) => pattern.test(text));
}

const rows = (await readText('docs/troubleshooting.md')).split('\n').filter((line) => line.startsWith('| '));
const quotes = rows.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)]);

describe('a message that troubleshooting quotes', () => {
  test.each(quotes.map(([, quote = '']) => quote))('is one that is said: %s', (quote) => {
    expect(isSaid(quote)).toBe(true);
  });

  test.each(['is a fine tune, and', 'which version 7 does never have', 'could not be … reached'])(
    'is not one that nobody says: %s',
    (quote) => expect(isSaid(quote)).toBe(false),
  );
});

test('troubleshooting quotes messages', () => expect(quotes.length).toBeGreaterThan(40));
