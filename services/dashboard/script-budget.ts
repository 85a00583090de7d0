import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Script that is loaded before the first rows can be shown, compressed. */
const MAX_BYTES = 95_000;

/** Fails the build when the page has got heavier than it may be. */
export function scriptBudget(): Plugin {
  return {
    name: 'script-budget',
    generateBundle(_options, bundle) {
      const outputs = Object.values(bundle);
      const sizeOf = (scripts: readonly Output[]): number =>
        scripts
          .map((output) => gzipSync(output.type === 'chunk' ? output.code : output.source).length)
          .reduce((sum, length) => sum + length, 0);
      const language = Math.max(0, ...languageScripts(outputs).map((script) => sizeOf([script])));
      const bytes = sizeOf(initialScripts(outputs)) + language;
      const said = `The first screen takes ${bytes} bytes of script, ${language} of them a language’s`;
      if (bytes > MAX_BYTES) this.error(`${said}; ${MAX_BYTES} are allowed`);
      this.info(said);
    },
  };
}

/** The page's own scripts, those they import at once and their workers; not what is loaded when it is needed. */
export function initialScripts<T extends Output>(outputs: readonly T[]): readonly T[] {
  const chunks = outputs.filter((output): output is Extract<T, Chunk> => output.type === 'chunk');
  const wanted = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  // A set that grows is walked to its end.
  for (const name of wanted) {
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
      wanted.add(imported);
  }
  // A worker is a script that Vite hands over as an asset.
  return outputs.filter(({ type, fileName }) =>
    type === 'chunk' ? wanted.has(fileName) : fileName.endsWith('.js'),
  );
}

/** The first texts of languages but English, which the page has with it: it loads those of one. */
export function languageScripts<T extends Output>(outputs: readonly T[]): readonly Extract<T, Chunk>[] {
  return outputs
    .filter((output): output is Extract<T, Chunk> => output.type === 'chunk')
    .filter(({ facadeModuleId }) => /\/i18n\/[a-z]+\/index\.ts$/.test(facadeModuleId ?? ''));
}

type Chunk = Pick<
  Rolldown.OutputChunk,
  'type' | 'fileName' | 'isEntry' | 'imports' | 'facadeModuleId' | 'code'
>;
type Output = Chunk | Pick<Rolldown.OutputAsset, 'type' | 'fileName' | 'source'>;
