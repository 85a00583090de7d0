import type { Plugin } from 'vite';

const ENTRY = 'virtual:worker-url';

/**
 * Makes the worker's script a part of the page's build, so that what both need is one file: Vite would build it alone,
 * with all of that once more. `workerUrl` of 'virtual:worker-url' is its address.
 * @param script path of the worker's script from the page's folder
 */
export function workerEntry(script: string): Plugin {
  let isBuild = false;
  return {
    name: 'worker-entry',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    resolveId: (id) => (id === ENTRY ? id : undefined),
    load(id) {
      if (id !== ENTRY) return undefined;
      if (!isBuild) return `export const workerUrl = ${JSON.stringify(`/${script}`)};`;
      const file = this.emitFile({ type: 'chunk', id: script });
      return `export const workerUrl = import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
