// The profile that a run left when its heap was near the limit, with the sources of what ran then.
import { readFileSync } from 'node:fs';
import { type ExportedNode, parseExportedProfile, readKeptSites } from '../../heap/index.ts';
import { NO_STACK, type Profile, type ProfileMetadata, present } from '../../model/index.ts';
import { ProfileBuilder, readProfile } from '../../profile/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import { createFramePlaces, type FramePlaces } from '../profiling/frame-places.ts';
import { type StackNode, stacksOfNodes } from '../profiling/live-profile.ts';
import { mapProfile, type SourceKnowledge } from '../profiling/mapped-profile.ts';
import type { JournalStart } from './journal-line.ts';
import type { RunFiles } from './run-files.ts';

export interface SavedProfile {
  readonly profile: Profile;
  /** At the limit itself; otherwise on the way there. */
  readonly exported: boolean;
}

type ProfileFiles = Pick<RunFiles, 'exportedProfile' | 'nearLimitProfile' | 'preciseSites'>;

/** `about`: what V8's own tree does not say of itself. */
export function readSavedProfile(
  files: ProfileFiles,
  about: Omit<ProfileMetadata, 'counts'>,
  knowledge: SourceKnowledge,
): SavedProfile | undefined {
  const exported = readExported(files.exportedProfile, files, about, knowledge);
  const profile = exported ?? tryRead(files.nearLimitProfile, (text) => readProfile(Buffer.from(text)));
  return profile && { profile: mapProfile(profile, knowledge), exported: exported !== undefined };
}

/** As V8's own tree has it, positions not yet mapped to sources; undefined where it cannot be read. */
export function readExported(
  file: string,
  sites: Pick<RunFiles, 'preciseSites'>,
  about: Omit<ProfileMetadata, 'counts'>,
  knowledge: SourceKnowledge,
): Profile | undefined {
  return tryRead(file, (text) => profileOf(parseExportedProfile(text), about, placesOf(sites, knowledge)));
}

/** Of one that V8 wrote near the limit. `rssBytes`: as seen last. */
export function aboutNearLimit(
  { sampleBytes, inlining }: Pick<JournalStart, 'sampleBytes' | 'inlining'>,
  { rssBytes, atSeconds }: { readonly rssBytes: Bytes; readonly atSeconds: Seconds | undefined },
): Omit<ProfileMetadata, 'counts'> {
  return {
    trigger: 'near-limit',
    // V8 asks at the end of a major collection.
    basis: { kind: 'after-major-collection' },
    rssBytes,
    threadName: 'main',
    sampleIntervalBytes: sampleBytes,
    calleesMayBeBilledToCallers: inlining,
    ...present({ atSeconds }),
  };
}

function tryRead(file: string, read: (text: string) => Profile): Profile | undefined {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function placesOf(
  { preciseSites }: Pick<RunFiles, 'preciseSites'>,
  { positions }: SourceKnowledge,
): FramePlaces {
  return createFramePlaces(readKeptSites(preciseSites), positions);
}

function profileOf(root: ExportedNode, about: Omit<ProfileMetadata, 'counts'>, places: FramePlaces): Profile {
  const builder = new ProfileBuilder();
  const nodes: ExportedNode[] = [];
  const stacks = stacksOfNodes(builder, numbered(root, nodes), places);
  for (const [id, { allocations }] of nodes.entries())
    for (const { sizeBytes, count } of allocations)
      builder.addSample(stacks.get(id) ?? NO_STACK, sizeBytes * count, count);
  return builder.build({ ...about, counts: 'objects' });
}

/** As V8 gives it through the inspector; ids are places in `nodes`. */
function numbered(node: ExportedNode, nodes: ExportedNode[]): StackNode {
  const id = nodes.push(node) - 1;
  const callFrame = {
    functionName: node.name,
    url: node.scriptName,
    scriptId: String(node.scriptId),
    lineNumber: node.lineNumber - 1,
    columnNumber: node.columnNumber - 1,
  };
  return { id, callFrame, children: node.children.map((child) => numbered(child, nodes)) };
}
