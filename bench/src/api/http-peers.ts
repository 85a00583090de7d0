/**
 * Child process: the two peers of the API over HTTP, each on a port of its own: a bare server that writes ready
 * bytes, and Express with a GET to Redis and a parse for each request.
 */
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import express from 'express';
import { Redis } from 'ioredis';

const [, , kind = '', key = ''] = process.argv;
const redis = new Redis(process.env['REDIS_URL'] ?? '');

async function bare(): Promise<Server> {
  const bytes = (await redis.getBuffer(key)) ?? Buffer.from('');
  return createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': bytes.length });
    response.end(bytes);
  });
}

function withExpress(): Server {
  const app = express();
  app.get('/api/streams/latest', async (_request, response) => {
    response.json(JSON.parse((await redis.get(key)) ?? 'null'));
  });
  return createServer(app);
}

const server = kind === 'bare' ? await bare() : withExpress();
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());
