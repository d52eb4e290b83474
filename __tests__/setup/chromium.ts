import { existsSync } from 'node:fs';

/** The browser in which charts are drawn. */
export const CHROMIUM = '/usr/bin/chromium';

export const hasChromium = existsSync(CHROMIUM);

/** For Vitest, around the tests that need a browser: if there is none, that is its last line. */
export function teardown(): void {
  if (hasChromium) return;
  process.stderr.write(
    `No chart was drawn, because there is no ${CHROMIUM}. To get it on Debian or Ubuntu: apt-get install chromium\n`,
  );
}
