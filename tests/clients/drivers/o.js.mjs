// o.js, which is published as odata
import { o } from 'odata';

const open = (root) => o(`${root}/`);
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids(await open(root).get('numbers').query({ $filter: 'n gt 2490 and even eq true', $select: 'id,name', $orderby: 'n desc', $top: 3 }));
export const key = async (root) => (await open(root).get("numbers('0042')").query()).name;
export const count = async (root) => Number(await (await open(root).get('numbers/$count').fetch({ $filter: 'n le 100' })).text());
export const pages = async (root) => {
  const all = [];
  for (let next = `${root}/numbers?$select=id`; next; ) {
    const page = await (await o(next).get().fetch()).json();
    all.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return [all.length, new Set(ids(all)).size];
};
export const apply = async (root) => (await open(root).get('numbers').query({ $apply: 'groupby((even),aggregate($count as c))' })).map((row) => [row.even, row.c]);
export const batch = async (root) => {
  const [rows, row] = await open(root).get('numbers?$top=2&$select=id').get("numbers('0042')").batch();
  return [ids(rows.body), row.body.name];
};
