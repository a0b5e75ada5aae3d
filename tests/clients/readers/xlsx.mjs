// Workbooks by SheetJS. A cell is spelled as CSV spells it, from its number and its number format; the head names the zone of instants.
import XLSX from 'xlsx';
import * as values from '../values.mjs';

/** Reads the sheets of rows: `data`, `data (2)` and so on. */
export function read(bytes) {
  const book = XLSX.read(bytes, { dense: true, cellNF: true, cellText: false, cellHTML: false });
  const sheets = book.SheetNames.filter((name) => /^data( \(\d+\))?$/.test(name)).map((name) => book.Sheets[name]);
  const head = sheets[0][0].map((cell) => /^(\S+)(?: \((.+)\))?$/.exec(cell.v));
  const batches = sheets.map((sheet) => sheet.slice(1));
  return {
    columns: head.map(([, name, zone]) => ({ name, type: zone ?? 'text', nulls: 0, metadata: {} })),
    metadata: { title: book.Props.Title ?? '' },
    batches: batches.map((rows) => rows.length),
    rows: batches.flat().map((row) => head.map(([, , zone], column) => textOf(row?.[column], zone))),
  };
}

function textOf(cell, zone) {
  switch (cell?.t) {
    case undefined:
    case 'z': return null;
    case 's': return cell.v;
    case 'b': return String(cell.v);
    case 'n': return numberOf(cell.v, cell.z ?? 'General', zone);
    default: throw new Error(`No text for a cell of type ${cell.t}.`);
  }
}

function numberOf(number, format, zone) {
  const [, shape, zeros] = /^(.*?)(?:\.(0+))?$/.exec(format);
  switch (shape) {
    case 'General': return Object.is(number, -0) ? '-0' : String(number);
    case '0':
    case '#,##0': return number.toFixed(zeros?.length ?? 0);
    case 'yyyy-mm-dd': return values.date(number - 25569);
    case 'hh:mm:ss': return values.time(micros(number));
    case '[h]:mm:ss': return `PT${values.decimal(micros(number), 6)}S`;
    case 'yyyy-mm-dd hh:mm:ss': return zoned(micros(number) - 25569n * 86_400_000_000n, zone);
    default: throw new Error(`No text for the number format ${format}.`);
  }
}

// Days and part of the day apart: their product in one double would round again.
function micros(number) {
  const days = Math.floor(number);
  return BigInt(days) * 86_400_000_000n + BigInt(Math.round((number - days) * 86_400_000_000));
}

// The clocks of a zone with their offset, which is that of the instant they show.
function zoned(wall, zone) {
  const offset = (instant) => new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(Number(instant / 1000n)).find((part) => part.type === 'timeZoneName').value.slice(3) || '+00:00';
  const ahead = (text) => BigInt(`${text[0]}1`) * (BigInt(text.slice(1, 3)) * 60n + BigInt(text.slice(4, 6))) * 60_000_000n;
  const guess = offset(wall);
  return values.instant(wall).replace('Z', offset(wall - ahead(guess)));
}
