// What the monitor does for process.nextTick, alone.
import { createTickHold } from '../../dist/service/tick-object.js';

const holdTick = createTickHold();
holdTick();
setInterval(holdTick, 1000).unref();
