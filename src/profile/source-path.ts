// V8 calls an ES module by its file: URL and a CommonJS module by its path. To people, and to a comparison between profiles of
// different tools, they are the same file.

/** `file:///srv/my%20app/a.js` → `/srv/my app/a.js`; anything else as it is. */
export function sourcePath(path: string): string {
  if (!path.startsWith('file://')) return path;
  const encoded = path.slice('file://'.length).replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A % that encodes nothing: not written by V8, and still a name.
    return encoded;
  }
}
