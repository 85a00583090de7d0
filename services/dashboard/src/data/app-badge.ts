/** What of a browser shows something at the icon of an installed page, where it can. */
export type BadgePort = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;

/** Shows how many need attention at the icon: nothing with 0, a dot while nobody knows (`null`). */
export function showBadge(count: number | null, browser: BadgePort = navigator): void {
  const shown = count === 0 ? browser.clearAppBadge?.() : browser.setAppBadge?.(count ?? undefined);
  // A page that isn't installed, or may not, has no icon to show it at.
  shown?.catch(() => undefined);
}
