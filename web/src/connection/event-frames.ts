// Server-sent events out of a stream of bytes (HTML standard, section 9.2), as far as the API writes them: one `data:` line an
// event. EventSource cannot send a token, so the stream is read by fetch.

export interface StreamedEvent {
  readonly name: string;
  readonly data: string;
}

/** Feed it text as it comes; it gives the events that are complete and keeps the rest. */
export function createFrameReader(): (text: string) => StreamedEvent[] {
  let rest = '';
  return (text) => {
    const frames = (rest + text).split('\n\n');
    rest = frames.pop() ?? '';
    return frames.map(readFrame).filter((event) => event !== undefined);
  };
}

function readFrame(frame: string): StreamedEvent | undefined {
  const fields = new Map(frame.split('\n').map(splitField));
  const data = fields.get('data');
  return data === undefined ? undefined : { name: fields.get('event') ?? 'message', data };
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
