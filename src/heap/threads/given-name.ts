// What Node.js 24 and later call a worker thread whose creator gave it no name.
const DEFAULT = 'WorkerThread';

/** Empty for a thread that nobody named. */
export function givenName(name: string): string {
  return name === DEFAULT ? '' : name;
}
