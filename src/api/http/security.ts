// Who may ask: the bearer token, and without one the loopback names alone, since a page whose name was rebound to 127.0.0.1
// sends its own name as Host. And what an answer tells a browser to allow.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../problems.ts';
import { hostnameOf, isLoopback } from './loopback.ts';

/** Answers that hold nothing but "I am alive" and "I am ready": probes carry no token. */
const PUBLIC_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** A page may be shown anywhere but in a frame, and loads nothing from elsewhere. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface AccessRules {
  readonly token?: string | undefined;
  /** Refuse requests whose Host header does not name this machine; a token makes that unnecessary. */
  readonly loopbackOnly: boolean;
  /** Paths that hold no data, besides the probes: the files of the page. */
  readonly isStaticFile: (path: string) => boolean;
}

/** Why `request` may not go on, or undefined where it may. */
export function refuseAccess(request: Request, rules: AccessRules): Refusal | undefined {
  const url = new URL(request.url);
  if (rules.token === undefined && rules.loopbackOnly && !namesLoopback(request, url))
    return { refusal: 'HOST_NOT_ALLOWED' };
  if (!SAFE_METHODS.has(request.method) && isCrossOrigin(request, url)) {
    return { refusal: 'ORIGIN_NOT_ALLOWED' };
  }
  if (rules.token === undefined || PUBLIC_PATHS.has(url.pathname) || rules.isStaticFile(url.pathname))
    return undefined;
  return carriesToken(request, rules.token) ? undefined : UNAUTHORIZED;
}

const UNAUTHORIZED: Refusal = {
  refusal: 'UNAUTHORIZED',
  headers: { 'www-authenticate': 'Bearer realm="plimsoll"' },
};

/** An absolute request target names a host of its own beside the header: both have to be ours. */
function namesLoopback(request: Request, url: URL): boolean {
  const authorities = [url.host, request.headers.get('host') ?? url.host];
  return authorities.map(hostnameOf).every((name) => name !== undefined && isLoopback(name));
}

/** Browsers send Origin with every request that changes something; nothing else does. */
function isCrossOrigin(request: Request, url: URL): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'cross-site';
  return URL.parse(origin)?.host !== (request.headers.get('host') ?? url.host).toLowerCase();
}

export function carriesToken(request: Request, token: string): boolean {
  const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return given !== undefined && equalInConstantTime(given, token);
}

/** Digests have one length, so that neither the time nor an exception tells anything of the token. */
function equalInConstantTime(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
