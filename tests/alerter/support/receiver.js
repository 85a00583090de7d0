// Receives webhooks: writes each down before it answers, as a file says: a status, or "hang".
// node receiver.js <port> <path of what it got> <path of the file>
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

const [port = '', gotPath = '', answerPath = ''] = process.argv.slice(2);

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text) => (body += text));
  request.on('end', () => {
    const answer = readFileSync(answerPath, 'utf8').trim();
    const got = { id: request.headers['webhook-id'], isTaken: answer === '200', body };
    appendFileSync(gotPath, `${JSON.stringify(got)}\n`);
    if (answer !== 'hang') response.writeHead(Number(answer)).end();
  });
}).listen(Number(port), '127.0.0.1');
