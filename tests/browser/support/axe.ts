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
export function seriousViolations(page: Page): Promise<string[]> {
  return violations(page, (impact) => impact === 'serious' || impact === 'critical');
}

/** All that axe finds on a page, or what is of these impacts, in words. Its script comes past the page's policy. */
export async function violations(
  page: Page,
  counts: (impact: string | null) => boolean = () => true,
): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>('axe.run().then((found) => found.violations)');
  return found
    .filter(({ impact }) => counts(impact))
    .map(({ id, help, nodes }) => {
      const where = nodes.slice(0, MAX_SHOWN).map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
      return `${id}: ${help}\n${where.join('\n')}`;
    });
}
