// Is a program Node.js, whatever its file is called? Node.js exports `node::Start(int, char**)` for those who embed it, and a
// launcher that is linked to libnode imports it: either way its name stands in the file, also in single executable
// applications and other bundles, which are copies of Node.js with something added. Bun and Deno have no such function.
import { open } from 'node:fs/promises';
import type { Bytes } from '../../units/index.ts';

/** As the Itanium C++ ABI spells it. */
const NODE_START = Buffer.from('_ZN4node5StartEiPPc');
const CHUNK_BYTES: Bytes = 1024 ** 2;

/** Reads the file up to the name: a few megabytes of Node.js, all of anything else. */
export async function isNodeBinary(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    // Each chunk is read behind the end of the one before, where the name may have begun.
    const overlap = NODE_START.length - 1;
    const buffer = Buffer.alloc(overlap + CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, overlap, CHUNK_BYTES);
      if (bytesRead === 0) return false;
      if (buffer.subarray(0, overlap + bytesRead).includes(NODE_START)) return true;
      buffer.copy(buffer, 0, bytesRead, overlap + bytesRead);
    }
  } finally {
    await file.close();
  }
}
