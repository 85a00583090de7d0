/** Shows what a test saw, beside its result. */
export function saw(what: string): void {
  process.stdout.write(`      ${what.trim().replaceAll('\n', '\n      ')}\n`);
}
