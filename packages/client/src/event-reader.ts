const DATA = /^data: ?/;

/**
 * Makes what takes the text of an event stream, in pieces as they come, and passes on the data of each event once it is
 * complete. Names and ids of events are passed over: each message says itself what it is.
 */
export function createEventReader(onData: (data: string) => void): (text: string) => void {
  /** Pieces of the line that isn't complete: joined once, since a line may be megabytes. */
  let pieces: string[] = [];
  let data: string[] = [];

  function take(line: string): void {
    if (DATA.test(line)) data.push(line.replace(DATA, ''));
    if (line !== '' || data.length === 0) return;
    const text = data.join('\n');
    data = [];
    onData(text);
  }

  return (text) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      const line = [...pieces, text.slice(from, end)].join('');
      pieces = [];
      from = end + 1;
      take(line.replace(/\r$/, ''));
    }
    if (from < text.length) pieces.push(text.slice(from));
  };
}
