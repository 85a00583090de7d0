import { launch, type ProgramExit, type ProgramOutput, type Recipe, type StartedProgram } from './program.ts';

/** The programs of a start: launched one after the other, stopped in reverse. */
export interface Processes {
  readonly launch: (recipe: Recipe, output: ProgramOutput) => StartedProgram;
  /** From now on its end is told. */
  readonly watch: (program: StartedProgram) => void;
  readonly stop: () => Promise<void>;
  /** Ends all at once. */
  readonly kill: () => void;
}

/** Services have 10 s to end in order. */
const STOP_DEADLINE_MS = 12_000;

/** @param onEnded called when a program that is watched ends and nobody asked it to */
export function createProcesses(onEnded: (name: string, ending: ProgramExit) => void): Processes {
  const programs: StartedProgram[] = [];
  let stopping = false;
  return {
    launch: (recipe, output) => {
      const program = launch(recipe, output);
      programs.unshift(program);
      return program;
    },
    watch: (program) => {
      void program.ended.then((ending) => {
        if (!stopping) onEnded(program.name, ending);
      });
    },
    stop: async () => {
      stopping = true;
      for (const program of programs) await program.stop(STOP_DEADLINE_MS);
    },
    kill: () => {
      for (const program of programs) program.kill();
    },
  };
}
