// The stacks of one profile or of two as one tree of nodes, with what each node's own samples weigh: from the outermost caller to who
// allocated, or inverted. The same function is the same node in both.
import { NO_STACK, type Profile, totalBytes } from '../../../../src/model/index.ts';
import { PairInterner } from '../../../../src/profile/columns/pair-interner.ts';
import { PlaceTable } from './places.ts';

export const ROOT = 0;

/**
 * Inverted, a box that holds less than this part of everything is not taken apart into its callers: no screen shows them, and of
 * 50,000 stacks there are millions.
 */
const LEAST_SHARE = 1 / 20_000;

/** What each node's own samples weigh. */
export interface OwnWeights {
  readonly bytes: Float64Array;
  readonly count: Float64Array;
}

export const NOTHING: OwnWeights = { bytes: new Float64Array(), count: new Float64Array() };

/** The stacks of several profiles in one tree. Node 0 is the root; a node comes after its parent. */
export class NodeTable {
  readonly places = new PlaceTable();
  readonly #pairs: PairInterner;

  /** Quicker when it knows about how many there will be. */
  constructor(expectedNodes?: number) {
    this.#pairs = new PairInterner(expectedNodes);
  }

  get size(): number {
    return this.#pairs.size + 1;
  }

  parent(node: number): number {
    return this.#pairs.first(node - 1);
  }

  place(node: number): number {
    return this.#pairs.second(node - 1);
  }

  /** A profile's parents come before their children, so one pass does. */
  add(profile: Profile): OwnWeights {
    const { stacks } = profile;
    const place = this.places.numbersOf(profile);
    const nodes = new Int32Array(stacks.parent.length);
    for (let stack = 0; stack < nodes.length; stack += 1) {
      const parent = stacks.parent[stack] as number;
      const above = parent === NO_STACK ? ROOT : (nodes[parent] as number);
      nodes[stack] = this.#node(above, place[stacks.frame[stack] as number] as number);
    }
    return weigh(
      profile,
      profile.samples.stack.map((stack) => nodes[stack] as number),
      this.size,
    );
  }

  /** One level of callers after the other, as far as what they hold is large enough to see in any of the profiles. */
  addInverted(profiles: readonly Profile[]): OwnWeights[] {
    const walks = profiles.map((profile) => startWalk(profile, this.places.numbersOf(profile)));
    for (let open = true; open; ) {
      for (const walk of walks) this.#climb(walk);
      const held = walks.map((walk) => ({ bytes: goingOn(walk, this.size), least: walk.leastBytes }));
      const isWorth = (at: number) => held.some(({ bytes, least }) => (bytes[at] as number) >= least);
      open = walks.map((walk) => closeSmall(walk, isWorth)).includes(true);
    }
    return walks.map(({ profile, node }) => weigh(profile, node, this.size));
  }

  #climb({ profile: { stacks }, place, next, node }: Walk): void {
    for (let sample = 0; sample < next.length; sample += 1) {
      const stack = next[sample] as number;
      if (stack === NO_STACK) continue;
      node[sample] = this.#node(node[sample] as number, place[stacks.frame[stack] as number] as number);
      next[sample] = stacks.parent[stack] as number;
    }
  }

  #node(parent: number, place: number): number {
    return this.#pairs.intern(parent, place) + 1;
  }
}

/** Every sample on its way from who allocated to the outermost caller. */
interface Walk {
  readonly profile: Profile;
  readonly place: Int32Array;
  /** The stack it climbs to next, NO_STACK where it has arrived. */
  readonly next: Int32Array;
  /** The node it has reached. */
  readonly node: Int32Array;
  /** A node through which less goes on is not taken apart. */
  readonly leastBytes: number;
}

function startWalk(profile: Profile, place: Int32Array): Walk {
  const { stack } = profile.samples;
  return {
    profile,
    place,
    next: stack.slice(),
    node: new Int32Array(stack.length),
    leastBytes: totalBytes(profile) * LEAST_SHARE,
  };
}

/** What goes on from each node: less than a part of everything is too small to see. */
function goingOn({ profile: { samples }, next, node }: Walk, nodes: number): Float64Array {
  const bytes = new Float64Array(nodes);
  for (let sample = 0; sample < next.length; sample += 1) {
    if (next[sample] === NO_STACK) continue;
    const at = node[sample] as number;
    bytes[at] = (bytes[at] as number) + (samples.bytes[sample] as number);
  }
  return bytes;
}

/** Ends the way of samples in nodes that are not worth taking apart; true where any goes on. */
function closeSmall({ next, node }: Walk, isWorth: (node: number) => boolean): boolean {
  let open = false;
  for (let sample = 0; sample < next.length; sample += 1) {
    if (next[sample] === NO_STACK) continue;
    if (isWorth(node[sample] as number)) open = true;
    else next[sample] = NO_STACK;
  }
  return open;
}

function weigh({ samples }: Profile, node: Int32Array, nodes: number): OwnWeights {
  const bytes = new Float64Array(nodes);
  const count = new Float64Array(nodes);
  for (let sample = 0; sample < node.length; sample += 1) {
    const at = node[sample] as number;
    bytes[at] = (bytes[at] as number) + (samples.bytes[sample] as number);
    count[at] = (count[at] as number) + (samples.count[sample] as number);
  }
  return { bytes, count };
}
