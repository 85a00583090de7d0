import { findServiceManager } from './lifecycle/service-manager.ts';

/** The oldest Node that runs this. */
export const OLDEST_NODE = '20.12';
/** `EXIT_CODES.wrongSetting`: nothing that starts it again would make it better. */
const NOT_TRIED_AGAIN = 2;

/** A program: what it does, up to the exit code. */
export interface ProgramModule {
  readonly main: () => Promise<number>;
}

/**
 * Runs a program where Node is new enough for it, and says what is needed where it isn't. All of the program is loaded
 * only then: an old Node would end with a SyntaxError before a line of it ran. So this file, and those with `main` that
 * call it, import nothing but what Node 18 can read.
 */
export async function enter(
  name: string,
  load: () => Promise<ProgramModule>,
  process: NodeJS.Process,
): Promise<void> {
  const problem = nodeProblem(process.versions.node);
  if (problem === null) {
    const { runMain } = await import('./lifecycle/run-main.ts');
    await runMain(name, async () => (await load()).main(), process);
    return;
  }
  const say = (line: string): boolean => process.stderr.write(`${name}: ${line}\n`);
  say(problem);
  findServiceManager(process.env, process.pid, { warn: say })?.notify(`STATUS=${name}: ${problem}`);
  process.exitCode = NOT_TRIED_AGAIN;
}

/** What is wrong with this version of Node; `null` when it is new enough. */
function nodeProblem(version: string): string | null {
  const [needsMajor = 0, needsMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) return null;
  return `this is Node ${version}, and ${OLDEST_NODE} or newer is needed: see https://nodejs.org`;
}
