// Imported before anything else, so that the request is under way while the rest is compiled and run.
import { askOpening } from './connection/opening.ts';

export const opening = askOpening(window);
