// The far side of a transport into another network namespace: a process of its own, started there by nsenter, that connects to
// the inspector and passes text on between it and its parent. When the parent dies, it says the last words for it.
import type { Seconds } from '../../units/index.ts';
import { openInspectorSocket } from './inspector-socket.ts';
import type { FromRelay, ToRelay } from './namespace-transport.ts';

const LAST_WORDS_SECONDS: Seconds = 5;

const [, , host = ''] = process.argv;
const tell = (message: FromRelay): void => {
  if (process.connected) process.send?.(message);
};
const transport = await openInspectorSocket(host, {
  onText: (text) => tell({ kind: 'text', text }),
  onEnd: () => process.exit(),
});
if (!transport) process.exit();

let lastWords: string | undefined;
process.on('message', (message: ToRelay) => {
  switch (message.kind) {
    case 'text':
      return transport.send(message.text);
    case 'last-words':
      lastWords = message.text;
      return;
    case 'close':
      return transport.close();
  }
});
process.on('disconnect', () => {
  if (lastWords === undefined) process.exit();
  transport.send(lastWords);
  setTimeout(() => process.exit(), LAST_WORDS_SECONDS * 1000);
});
tell({ kind: 'open' });
