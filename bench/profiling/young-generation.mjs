// Preloaded first, into every measured service. The sizes on its command line are for the thread that serves; V8 would give them to the
// isolates of other threads as well, whatever those threads ask for themselves, and the monitor's asks for 2 MiB.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--min-semi-space-size=0');
setFlagsFromString('--max-semi-space-size=0');
