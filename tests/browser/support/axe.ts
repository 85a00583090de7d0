import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const MAX_SHOWN = 3;

/**
 * All that axe finds on a page, however small, in words. Its script comes past the page's policy.
 * @param rules only these, where the others have found nothing already
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify(rules === undefined ? {} : { runOnly: rules });
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(${options}).then((found) => found.violations)`,
  );
  return found.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, MAX_SHOWN).map(({ html, failureSummary }) => `${html}\n${failureSummary}`);
    return `${id}: ${help}\n${where.join('\n')}`;
  });
}
