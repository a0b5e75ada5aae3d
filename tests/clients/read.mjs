// Reads the files named on standard input, each by the reader of its extension, and prints them as JSON lines: a head, then one line a row.
import { readFileSync, writeSync } from 'node:fs';
import { extname } from 'node:path';

const paths = readFileSync(0, 'utf8').split('\n').filter((line) => line.length > 0);
for (const path of paths) {
  const { read } = await import(`./readers/${extname(path).slice(1)}.mjs`);
  const { rows, ...head } = await read(readFileSync(path));
  const lines = [JSON.stringify({ ...head, rowCount: rows.length }), ...rows.map((row) => JSON.stringify(row))];
  print(`${lines.join('\n')}\n`);
}

// A pipe may take less than all of it at once.
function print(text) {
  const bytes = Buffer.from(text, 'utf8');
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(1, bytes, from);
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        throw error;
      }
    }
  }
}
