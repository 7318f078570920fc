export * from './dashboard.ts';
export * from './exposition.ts';
export * from './families.ts';
export type { Family, FamilyGroup } from './family.ts';
export * from './reading.ts';
export * from './rule-table.ts';
export * from './rules.ts';
