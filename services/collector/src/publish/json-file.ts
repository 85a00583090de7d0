import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileFailure } from '@mediamtx-monitor/runtime';

/** The JSON file can't be written; the message says why and what to do. */
export class JsonFileError extends Error {
  readonly code = 'file-not-written';
}

async function ownerOf(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).uid;
  } catch {
    return null;
  }
}

/**
 * Writes `text` to `path` so that a reader sees the old file or the new one, never half of one: into a new file
 * of a random name, opened exclusively, which then takes the old one's place.
 * @throws {JsonFileError} also when the file belongs to another user: what they put there stays
 */
export async function writeJsonFile(
  path: string,
  text: string | Buffer,
  userId: number | undefined,
): Promise<void> {
  const owner = await ownerOf(path);
  if (owner !== null && userId !== undefined && owner !== userId) {
    throw new JsonFileError(
      `JSON file ${path} belongs to another user (uid ${owner}): remove it, or choose another with JSON_FILE`,
    );
  }
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new JsonFileError(
      `JSON file ${path} can't be written: ${fileFailure(error)}; mend that, or choose another with JSON_FILE`,
    );
  }
}
