// CSV by csv-parse. Its cells are texts; a pair of quotes is an empty text, nothing at all is no value.
import { parse } from 'csv-parse/sync';

/** Reads a file with a head. */
export function read(bytes, delimiter = ',') {
  const [head, ...rows] = parse(bytes, {
    delimiter,
    record_delimiter: '\n',
    cast: (cell, { quoting }) => (cell === '' && !quoting ? null : cell),
  });
  return { columns: head.map((name) => ({ name, type: 'text', nulls: 0, metadata: {} })), metadata: {}, batches: [rows.length], rows };
}
