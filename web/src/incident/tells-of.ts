// Which leaks an alert's message tells of, so that none is said twice.

/** An alert names several, and describes the first: the own process, whose function is known, is told of only where it is that. */
export function tellsOf(message: string, pid: number | undefined, ownPid: number | undefined): boolean {
  if (pid === undefined) return true;
  const [described = ''] = message.split('; also ');
  return (pid === ownPid ? described : message).includes(`[${pid}]`);
}
