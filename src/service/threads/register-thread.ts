// What the preload does in a worker thread. Nothing here may change how the application behaves: a thread that cannot be watched
// is shown as one that the preload did not reach.
import { joinMonitor } from './join.ts';

try {
  joinMonitor();
} catch {
  // stderr of a worker belongs to whoever started it.
}
