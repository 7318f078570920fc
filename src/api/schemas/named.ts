// Every schema by its name: routes name theirs, so that none is loaded until it is needed.
import { z } from 'zod';
import * as schemas from './index.ts';

type All = typeof schemas;

export type SchemaName = {
  [Name in keyof All]: All[Name] extends z.ZodType ? Name : never;
}[keyof All];

type Named = { readonly [Name in SchemaName]: All[Name] };

/** Without the functions that make schemas, and the parts that schemas are made of. */
const named = Object.entries(schemas).filter(([, schema]) => schema instanceof z.ZodType);

export const SCHEMAS = Object.fromEntries(named) as unknown as Named;
