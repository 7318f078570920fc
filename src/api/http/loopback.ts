// Which names and addresses stay on this machine.
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether `hostname` (no port, no brackets) is this machine and nothing else: localhost, 127.0.0.0/8, ::1. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  if (name === 'localhost') return true;
  const version = isIP(name);
  return version !== 0 && LOOPBACK.check(name, version === 6 ? 'ipv6' : 'ipv4');
}

/** The host name in a Host header or the like (`localhost:9487`, `[::1]:80`), or undefined where it is not one. */
export function hostnameOf(authority: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(authority)) return undefined;
  const url = URL.parse(`http://${authority}/`);
  return url?.hostname.replace(/^\[|\]$/g, '');
}
