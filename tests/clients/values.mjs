// One spelling of every value, so that files of all formats can be compared. Texts stand for themselves; nothing is rounded.

const pad = (number, width) => String(number).padStart(width, '0');

/** A whole number of any size with the point put in. */
export function decimal(unscaled, scale) {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** All bits of a number, so that -0 and 0 differ. */
export function float(value) {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** A day, from days since 1970-01-01. */
export function date(days) {
  return new Date(days * 86400000).toISOString().slice(0, 10);
}

/** A time of day, from microseconds. */
export function time(micros) {
  const seconds = micros / 1000000n;
  return `${pad(seconds / 3600n, 2)}:${pad((seconds / 60n) % 60n, 2)}:${pad(seconds % 60n, 2)}.${pad(micros % 1000000n, 6)}`;
}

/** An instant in UTC, from microseconds since 1970-01-01. */
export function instant(micros) {
  const day = 86400000000n;
  const ofDay = ((micros % day) + day) % day;
  return `${date(Number((micros - ofDay) / day))}T${time(ofDay)}Z`;
}

/** A list of values that are spelled already; the sign between them stands in no value. */
export function list(items) {
  return `[${items.join('\u001f')}]`;
}

/** Bytes. */
export function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

/** A UUID, from its sixteen bytes. */
export function uuid(bytes) {
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
