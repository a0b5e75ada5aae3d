// Parquet by hyparquet. It rounds decimals and instants to numbers of JavaScript, so its own conversions are switched off by hiding the
// logical types from it: pages, levels, encodings and compression are its work, the meaning of the raw values is read here.
import { parquetMetadata, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import * as values from '../values.mjs';

/** Reads a file. */
export async function read(bytes) {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const metadata = parquetMetadata(buffer, { geoparquet: false });
  const fields = fieldsOf(metadata.schema.slice(1).map((element) => ({ ...element })));
  for (const element of metadata.schema.filter((e) => !(e.num_children > 0))) {
    delete element.converted_type;
    delete element.logical_type;
  }
  let rows = [];
  await parquetRead({
    file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) },
    metadata,
    compressors,
    utf8: false,
    geoparquet: false,
    onComplete: (all) => { rows = all; },
  });
  const texts = fields.map(textOf);
  return {
    columns: fields.map((field, index) => ({
      name: field.name,
      type: typeOf(field),
      nulls: rows.reduce((sum, row) => sum + (row[index] == null ? 1 : 0), 0),
      metadata: {},
    })),
    metadata: Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value])),
    batches: metadata.row_groups.map((group) => Number(group.num_rows)),
    rows: rows.map((row) => texts.map((text, index) => (row[index] == null ? null : text(row[index])))),
  };
}

// A list is a group of a repeated group of its values.
function fieldsOf(elements) {
  const fields = [];
  for (let at = 0; at < elements.length; at++) {
    const isList = elements[at].num_children > 0;
    fields.push(isList ? { name: elements[at].name, item: elements[at + 2] } : elements[at]);
    at += isList ? 2 : 0;
  }
  return fields;
}

function typeOf({ item, ...field }) {
  return item ? `LIST<${scalarTypeOf(item)}>` : scalarTypeOf(field);
}

function textOf({ item, ...field }) {
  if (!item) {
    return scalarTextOf(field);
  }
  const text = scalarTextOf(item);
  return (list) => values.list(list.map(text));
}

function scalarTypeOf({ type, type_length: length, logical_type: logical, converted_type: converted, precision, scale }) {
  const physical = length ? `${type}(${length})` : type;
  switch (logical?.type) {
    case undefined: return converted ? `${physical} ${converted}` : physical;
    case 'DECIMAL': return `${physical} DECIMAL(${precision},${scale ?? 0})`;
    case 'TIMESTAMP':
    case 'TIME': return `${physical} ${logical.type}(${logical.unit}${logical.isAdjustedToUTC ? ',UTC' : ''})`;
    case 'INTEGER': return `${physical} INTEGER(${logical.bitWidth}${logical.isSigned ? '' : ',unsigned'})`;
    default: return `${physical} ${logical.type}`;
  }
}

function scalarTextOf({ type, logical_type: logical, converted_type: converted, scale }) {
  switch (logical?.type ?? converted) {
    case 'DECIMAL': return (value) => values.decimal(value instanceof Uint8Array ? bigEndian(value) : BigInt(value), scale ?? 0);
    case 'TIMESTAMP': return values.instant;
    case 'TIME': return values.time;
    case 'DATE': return values.date;
    case 'UUID': return values.uuid;
    case 'STRING':
    case 'UTF8':
    case 'JSON': return (value) => Buffer.from(value).toString('utf8');
    default: return type === 'DOUBLE' ? values.float : type === 'BYTE_ARRAY' ? values.hex : String;
  }
}

function bigEndian(bytes) {
  return BigInt.asIntN(bytes.length * 8, bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
}
