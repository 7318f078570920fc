export * from './exposition.ts';
export * from './families.ts';
export type { Family, FamilyGroup } from './family.ts';
export * from './reading.ts';
