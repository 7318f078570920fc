// The profile that a run left when its heap was near the limit, with the sources of what ran then.
import { readFileSync } from 'node:fs';
import { type ExportedNode, parseExportedProfile } from '../../heap/index.ts';
import { NO_STACK, type Profile, type ProfileMetadata } from '../../model/index.ts';
import { ProfileBuilder, readProfile } from '../../profile/index.ts';
import { mapProfile, type SourceKnowledge } from '../profiling/mapped-profile.ts';
import type { RunFiles } from './run-files.ts';

export interface SavedProfile {
  readonly profile: Profile;
  /** At the limit itself; otherwise on the way there. */
  readonly exported: boolean;
}

type ProfileFiles = Pick<RunFiles, 'exportedProfile' | 'nearLimitProfile'>;

/** `about`: what V8's own tree does not say of itself. */
export function readSavedProfile(
  files: ProfileFiles,
  about: Omit<ProfileMetadata, 'counts'>,
  knowledge: SourceKnowledge,
): SavedProfile | undefined {
  const exported = tryRead(files.exportedProfile, (text) => profileOf(parseExportedProfile(text), about));
  const profile = exported ?? tryRead(files.nearLimitProfile, (text) => readProfile(Buffer.from(text)));
  return profile && { profile: mapProfile(profile, knowledge), exported: exported !== undefined };
}

function tryRead(file: string, read: (text: string) => Profile): Profile | undefined {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function profileOf(root: ExportedNode, about: Omit<ProfileMetadata, 'counts'>): Profile {
  const builder = new ProfileBuilder();
  const pending = [{ node: root, stack: builder.stackOf([]) }];
  const pendingChildren = (node: ExportedNode, parent: number) =>
    node.children.map((child) => ({ node: child, stack: builder.stack(parent, frameOf(builder, child)) }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, stack } = next;
    for (const { sizeBytes, count } of node.allocations) builder.addSample(stack, sizeBytes * count, count);
    pending.push(...pendingChildren(node, node === root ? NO_STACK : stack));
  }
  return builder.build({ ...about, counts: 'objects' });
}

function frameOf(builder: ProfileBuilder, node: ExportedNode): number {
  return builder.frame({
    functionName: node.name,
    file: node.scriptName,
    line: node.lineNumber,
    column: node.columnNumber,
    scriptId: node.scriptId,
  });
}
