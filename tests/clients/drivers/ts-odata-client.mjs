import { ODataQuery } from 'ts-odata-client';

const open = (root) => ODataQuery.forV4(`${root}/numbers`);
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids((await open(root).filter((p) => p.n.$greaterThan(2490).and(p.even.$equals(true))).select((p) => ({ id: p.id, name: p.name })).orderByDescending((p) => p.n).top(3).getManyAsync()).value);
export const key = async (root) => (await open(root).getAsync('0042')).name;
export const pages = async (root) => {
  const all = [];
  for await (const row of open(root).select((p) => ({ id: p.id }))) {
    all.push(row);
  }
  return [all.length, new Set(ids(all)).size];
};
export const inlineCount = async (root) => (await open(root).filter((p) => p.n.$lessThanOrEqualTo(100)).top(1).getManyWithCountAsync())['@odata.count'];
