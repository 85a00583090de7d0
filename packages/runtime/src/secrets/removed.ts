/** What stands where something was taken away. */
export const REMOVED = '(removed)';
