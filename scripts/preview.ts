import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { projectRoot } from '../simulator/runner.ts';

export type Theme = 'light' | 'dark';

/**
 * Writes a report as a page that looks as it does on GitHub, in one theme: GitHub's styles for Markdown, and Mermaid
 * drawn in the browser. Everything it loads lies beside the project.
 * @returns the path of the page
 */
export async function writePreview(markdown: string, name: string, theme: Theme): Promise<string> {
  const file = path.join(projectRoot, 'preview', `${name}.${theme}.html`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await page(markdown, theme));
  return file;
}

async function page(markdown: string, theme: Theme): Promise<string> {
  const modules = path.join(projectRoot, 'node_modules');
  const styles = await readFile(
    path.join(modules, 'github-markdown-css', `github-markdown-${theme}.css`),
    'utf8',
  );
  const mermaid = pathToFileURL(path.join(modules, 'mermaid', 'dist', 'mermaid.min.js')).href;
  const background = { light: '#ffffff', dark: '#0d1117' }[theme];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Train Gate: the report</title>
<style>${styles}
body { margin: 0; background: ${background}; }
main { max-width: 1012px; margin: 0 auto; padding: 32px; }
pre.mermaid { background: transparent; text-align: center; }
</style>
<main class="markdown-body">${await marked(withDiagrams(markdown), { gfm: true })}</main>
<script src="${mermaid}"></script>
<script>
mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' });
mermaid.run().then(() => document.body.setAttribute('data-drawn', 'yes'), () => document.body.setAttribute('data-drawn', 'failed'));
</script>
</html>
`;
}

/** GitHub draws fenced mermaid blocks; the library draws elements of that class. */
function withDiagrams(markdown: string): string {
  return markdown.replace(
    /^```mermaid\n([\s\S]*?)\n```$/gm,
    (_, diagram: string) =>
      `<pre class="mermaid">${diagram.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>`,
  );
}
