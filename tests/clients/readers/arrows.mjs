export { read } from './arrow.mjs';
