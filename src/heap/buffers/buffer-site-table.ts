// Live bytes by the stack that allocated them, and which of them have changed since they were last reported. Bounded: a stack
// beyond the last place has none. A stack that holds nothing any more is reported once as such and makes room.
import type { Bytes } from '../../units/index.ts';
import type { Weight } from './byte-sampler.ts';
import type { CodeFrame } from './call-stack.ts';

/** A service allocates buffers at some dozens of stacks. */
const MAX_SITES = 1000;
/** Of one report: the rest comes with the next. */
const MAX_CHANGES = 250;

export interface BufferSiteChange {
  readonly id: number;
  /** The first time only. Innermost first. */
  readonly frames?: readonly CodeFrame[];
  readonly bytes: Bytes;
  /** Buffers, estimated; 0: there are none left, and the id means nothing any more. */
  readonly count: number;
}

interface Site {
  readonly id: number;
  readonly key: string;
  readonly frames: readonly CodeFrame[];
  bytes: Bytes;
  count: number;
  /** Recorded buffers: what tells exactly whether there are any left. */
  records: number;
  reported: boolean;
}

export class BufferSiteTable {
  readonly #byKey = new Map<string, Site>();
  readonly #byId = new Map<number, Site>();
  readonly #changed = new Set<Site>();
  #lastId = 0;

  /** The id; undefined when the table is full. */
  add(frames: readonly CodeFrame[], { bytes, count }: Weight): number | undefined {
    const site = this.#siteOf(frames);
    if (!site) return undefined;
    this.#change(site, bytes, count, 1);
    return site.id;
  }

  /** More of what is recorded there already, or less. */
  grow(id: number, bytes: Bytes): void {
    const site = this.#byId.get(id);
    if (site) this.#change(site, bytes, 0, 0);
  }

  remove(id: number, { bytes, count }: Weight): void {
    const site = this.#byId.get(id);
    if (site) this.#change(site, -bytes, -count, -1);
  }

  takeChanges(): BufferSiteChange[] {
    const taken = [...this.#changed].slice(0, MAX_CHANGES);
    return taken.map((site) => this.#report(site));
  }

  #siteOf(frames: readonly CodeFrame[]): Site | undefined {
    const key = frames.map(({ file, line, column }) => `${file}:${line}:${column}`).join('\n');
    const known = this.#byKey.get(key);
    if (known || this.#byKey.size >= MAX_SITES) return known;
    this.#lastId += 1;
    const site = { id: this.#lastId, key, frames, bytes: 0, count: 0, records: 0, reported: false };
    this.#byKey.set(key, site);
    this.#byId.set(site.id, site);
    return site;
  }

  #change(site: Site, bytes: Bytes, count: number, records: number): void {
    site.bytes += bytes;
    site.count += count;
    site.records += records;
    this.#changed.add(site);
  }

  #report(site: Site): BufferSiteChange {
    this.#changed.delete(site);
    const { id, frames } = site;
    if (site.records === 0) {
      this.#byKey.delete(site.key);
      this.#byId.delete(id);
      return { id, bytes: 0, count: 0 };
    }
    const first = !site.reported;
    site.reported = true;
    const [bytes, count] = [Math.round(site.bytes), Math.max(1, Math.round(site.count))];
    return { id, bytes, count, ...(first && { frames }) };
  }
}
