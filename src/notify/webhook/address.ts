// A webhook's address. Its path, query and credentials are secrets (whoever knows them can post), so only the host is shown.

export interface Address {
  /** Without credentials: fetch refuses those. */
  readonly url: string;
  readonly authorization?: string;
  /** `hooks.example.com:8443`: what may be shown. */
  readonly host: string;
  /** What must not be shown, should a receiver's answer repeat it. */
  readonly secrets: readonly string[];
}

/** Shorter parts are words like `api`, which say nothing and turn up in any text. */
const SHORTEST_SECRET = 6;

/** Undefined when the text is no http address. */
export function parseAddress(text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const { username, password, host } = url;
  const secrets = secretsOf(url);
  url.username = '';
  url.password = '';
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return {
    url: url.href,
    host,
    secrets,
    ...(credentials !== ':' && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
  };
}

function secretsOf({ pathname, search, searchParams, username, password }: URL): readonly string[] {
  const parts = [...pathname.split('/'), pathname, search, ...searchParams.values(), username, password];
  return [...new Set(parts.flatMap((part) => [part, decoded(part)]))]
    .filter((part) => part.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `text` without what the address keeps secret. */
export function redact(text: string, { secrets }: Address): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
