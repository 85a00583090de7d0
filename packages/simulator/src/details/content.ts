import { errorAnswer } from '../http/reply.ts';
import type { AnswerContent } from '../lists/content.ts';
import type { Version } from '../versions/version.ts';
import type { Stream, World } from '../world/model.ts';
import { writeConfiguration } from './configuration.ts';
import { forwardItems, writeForward } from './forwards.ts';
import type { Question } from './question.ts';
import { writeStaticSource } from './static-source.ts';

/** What a simulated world has to answer to a question of a single path, at a monotonic time in ms. */
export function detailContent(
  question: Exclude<Question, { kind: 'list' }>,
  version: Version,
  world: World,
  nowMs: number,
): AnswerContent {
  const refused = (status: number, error: string): AnswerContent => ({
    kind: 'reply',
    reply: errorAnswer(version.errors, status, error),
  });
  const object = (json: string | null | undefined, otherwise: string): AnswerContent =>
    json == null ? refused(404, otherwise) : { kind: 'object', json };

  if (question.kind === 'configuration') {
    return object(writeConfiguration(world, question.confName), 'path configuration not found');
  }
  if (question.path === '') {
    return refused(400, question.kind === 'forwards' ? 'invalid path' : 'invalid name');
  }
  const stream = listed(world, question.path);
  if (stream === undefined) return refused(404, 'path not found');
  if (question.kind === 'static-source') {
    return object(writeStaticSource(stream, nowMs), 'path has no static source');
  }
  const members = version.forwards ?? [];
  if (question.id === null) return { kind: 'items', items: forwardItems(stream, members, nowMs) };
  return object(writeForward(stream, question.id, members, nowMs), 'forward dest not found');
}

function listed(world: World, path: string): Stream | undefined {
  return world.listed.find(({ name }) => name === path);
}
