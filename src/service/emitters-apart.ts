// Keeps the monitor's own event emitters out of what V8 learns of the application's. Every emitter of a process is initialised in
// one function, EventEmitter.init. Once that has run some times V8 notes the kinds that it meets: up to four it tells apart in the
// machine code, with more it looks each property up. A worker thread's handle is three emitters, so V8 began three earlier: a small
// service's listening server was noted as well as its sockets, requests and responses, and the limit passed. So ours are initialised
// by a function that does the same.
import { EventEmitter } from 'node:events';

type Initialise = (this: Emitter, options?: object) => void;

/** What Node.js 22 to 26 keep in an emitter. */
interface Emitter {
  _events?: object;
  _eventsCount?: number;
  _maxListeners?: number | undefined;
  [marker: symbol]: boolean;
}

/** Node.js' own name for it, which its `domain` replaces as well. */
const emitters = EventEmitter as unknown as { init: Initialise };

/** What `create` returns; the emitters that it makes on the way are initialised apart from all others. */
export function withEmittersApart<T>(create: () => T): T {
  const shapeMode = markerNamed('shapeMode');
  const capture = markerNamed('kCapture');
  if (shapeMode === undefined || capture === undefined) return create();
  const { init } = emitters;
  emitters.init = initialiserWith(shapeMode, capture);
  try {
    return create();
  } finally {
    emitters.init = init;
  }
}

/** As `process` has it, which is an emitter too. */
function markerNamed(name: string): symbol | undefined {
  return Object.getOwnPropertySymbols(process).find(({ description }) => description === name);
}

function initialiserWith(shapeMode: symbol, capture: symbol): Initialise {
  return function () {
    const isBare = this._events === undefined || this._events === Object.getPrototypeOf(this)._events;
    if (isBare) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    }
    this[shapeMode] = !isBare;
    this._maxListeners ||= undefined;
    this[capture] = EventEmitter.captureRejections;
  };
}
