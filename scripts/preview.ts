import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { projectRoot } from '../simulator/runner.ts';

export type Theme = 'light' | 'dark';

const THEMES: readonly Theme[] = ['light', 'dark'];
/** A summary on a laptop, and on a phone. */
const WIDTHS = [1000, 390] as const;
const FOLDER = path.join(projectRoot, 'preview');

/**
 * Writes a report as a page that looks as it does on GitHub, in one theme: GitHub's styles for Markdown, and Mermaid
 * drawn in the browser. Everything it loads lies beside the project.
 * @returns the path of the page
 */
export async function writePreview(markdown: string, name: string, theme: Theme): Promise<string> {
  const file = path.join(FOLDER, `${name}.${theme}.html`);
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
<meta name="viewport" content="width=device-width">
<title>Train Gate: the report</title>
<style>${styles}
body { margin: 0; background: ${background}; }
main { max-width: 1012px; margin: 0 auto; padding: 16px; }
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

/** The golden reports and comments by name, which the tests hold to what the code renders. */
export async function goldenReports(): Promise<ReadonlyMap<string, string>> {
  const folder = path.join(projectRoot, '__tests__', 'report', 'golden');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).toSorted();
  const read = files.map(
    async (file) => [file.replace(/\.md$/, ''), await readFile(path.join(folder, file), 'utf8')] as const,
  );
  return new Map(await Promise.all(read));
}

/** Writes every golden report in both themes, and one page to leaf through them. */
async function writeGallery(): Promise<string> {
  const reports = await goldenReports();
  for (const [name, markdown] of reports)
    for (const theme of THEMES) await writePreview(markdown, `reports/${name}`, theme);
  const file = path.join(FOLDER, 'index.html');
  await writeFile(file, gallery([...reports.keys()]));
  return file;
}

function gallery(names: readonly string[]): string {
  const frames = THEMES.flatMap((theme) =>
    WIDTHS.map(
      (width) =>
        `<iframe data-theme="${theme}" width="${width}" title="${theme}, ${width} px wide"></iframe>`,
    ),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Train Gate: every report</title>
<style>
body { margin: 0; display: flex; height: 100vh; font: 14px system-ui, sans-serif; }
nav { flex: none; width: 16rem; overflow: auto; padding: 8px; }
nav a { display: block; padding: 4px 8px; color: inherit; text-decoration: none; }
nav a[aria-current] { background: #2f81f7; color: #fff; }
main { flex: 1; display: flex; gap: 8px; overflow: auto; }
iframe { flex: none; height: 100%; border: 1px solid #8b949e; }
</style>
<nav>${names.map((name) => `<a href="#${name}">${name}</a>`).join('')}<p>Arrow keys leaf.</p></nav>
<main>${frames.join('')}</main>
<script>
const names = ${JSON.stringify(names)};
function show() {
  const name = names.includes(location.hash.slice(1)) ? location.hash.slice(1) : names[0];
  for (const frame of document.querySelectorAll('iframe')) frame.src = 'reports/' + name + '.' + frame.dataset.theme + '.html';
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.hash === '#' + name);
}
addEventListener('hashchange', show);
addEventListener('keydown', ({ key }) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key] ?? 0;
  const at = Math.max(0, names.indexOf(location.hash.slice(1)));
  if (step !== 0) location.hash = names[(at + step + names.length) % names.length];
});
show();
</script>
</html>
`;
}

if (import.meta.main) {
  const file = await writeGallery();
  console.log(`Every report, in light and dark, wide and narrow: ${path.relative(process.cwd(), file)}`);
}
