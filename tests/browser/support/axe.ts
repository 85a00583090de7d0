import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const MAX_SHOWN = 3;

/** What axe finds on a page that is serious or critical, in words. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const all = await found(page);
  return all.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(inWords);
}

/** All that axe finds on a page, what is minor too, in words. */
export async function violations(page: Page): Promise<string[]> {
  return (await found(page)).map(inWords);
}

/** Its script comes past the page's policy. */
async function found(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(axe.source);
  return await page.evaluate<readonly Violation[]>('axe.run().then((found) => found.violations)');
}

function inWords({ id, help, nodes }: Violation): string {
  const where = nodes.slice(0, MAX_SHOWN).map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
  return `${id}: ${help}\n${where.join('\n')}`;
}
