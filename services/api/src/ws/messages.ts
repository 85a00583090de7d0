/** What a client is told before it is sent away for a message of its own. */
export const BAD_MESSAGE = JSON.stringify({
  type: 'error',
  code: 'bad-message',
  detail:
    'This socket takes no messages: it sends every tick by itself. Connect with ?server= to choose one.',
});
