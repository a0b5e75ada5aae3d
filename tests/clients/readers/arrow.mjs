// Arrow IPC by apache-arrow. Its tables show instants and days as inexact or shifted numbers, so those are taken from the buffers.
import { tableFromIPC, Type, Vector } from 'apache-arrow';
import * as values from '../values.mjs';

/** Reads a file or a stream: the reader sees which. */
export function read(bytes) {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map((field, index) => ({
    name: field.name,
    type: field.type.toString(),
    nulls: table.getChildAt(index)?.nullCount ?? 0,
    metadata: Object.fromEntries(field.metadata),
  }));
  const rows = [];
  for (const batch of table.batches) {
    const parts = batch.data.children.map((data) => texts(data));
    for (let row = 0; row < batch.numRows; row++) {
      rows.push(parts.map((part) => part[row]));
    }
  }
  return { columns, metadata: Object.fromEntries(table.schema.metadata), batches: table.batches.map((b) => b.numRows), rows };
}

function texts(data) {
  const vector = new Vector([data]);
  const text = textOf(data.type, data, vector);
  let nulls = 0;
  const result = Array.from({ length: data.length }, (_, row) => {
    if (data.getValid(row)) {
      return text(row);
    }
    nulls++;
    return null;
  });
  if (nulls !== data.nullCount) {
    throw new Error(`The file counts ${data.nullCount} nulls, its bits ${nulls}.`);
  }
  return result;
}

function textOf(type, data, vector) {
  switch (type.typeId) {
    case Type.Int: return (row) => String(data.values[row]);
    case Type.Float: return (row) => values.float(data.values[row]);
    case Type.Decimal: return (row) => values.decimal(unscaled(data.values.subarray(row * 4, row * 4 + 4)), type.scale);
    case Type.Bool: return (row) => String(vector.get(row));
    case Type.Utf8: return (row) => vector.get(row);
    case Type.Dictionary: return (row) => vector.get(row);
    case Type.Binary: return (row) => values.hex(vector.get(row));
    case Type.Date: return (row) => values.date(data.values[row]);
    case Type.Time: return (row) => values.time(data.values[row]);
    case Type.Timestamp: return (row) => values.instant(data.values[row]);
    case Type.Duration: return (row) => String(data.values[row]);
    case Type.List: {
      const items = data.children[0] ? texts(data.children[0]) : [];
      return (row) => values.list(items.slice(data.valueOffsets[row], data.valueOffsets[row + 1]));
    }
    default: throw new Error(`No text for ${type}.`);
  }
}

// Four 32-bit words, lowest first, two's complement.
function unscaled(words) {
  return BigInt.asIntN(128, words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n));
}
