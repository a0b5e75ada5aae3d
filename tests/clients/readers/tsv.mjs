import { read as csv } from './csv.mjs';

/** Reads a file with a head. */
export const read = (bytes) => csv(bytes, '\t');
