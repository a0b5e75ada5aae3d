// JayData: a model written by hand, and one that it reads from $metadata
import $data from 'jaydata/core.js';
import 'jaydata/odata.js';

const Row = $data.Entity.extend('OpenData.numbers', {
  id: { type: 'Edm.String', key: true, nullable: false }, name: { type: 'Edm.String' }, n: { type: 'Edm.Int64' }, even: { type: 'Edm.Boolean' },
});
const Service = $data.EntityContext.extend('OpenData.Container', { numbers: { type: $data.EntitySet, elementType: Row } });
const open = async (root) => {
  const service = new Service({ name: 'oData', oDataServiceHost: root, maxDataServiceVersion: '4.0' });
  await service.onReady();
  return service.numbers;
};
const ids = (rows) => [...rows].map((row) => row.id);

export const list = async (root) => ids(await (await open(root)).filter('it.n > 2490 && it.even == true').map('{ id: it.id, name: it.name }').orderByDescending('it.n').take(3).toArray());
export const key = async (root) => (await (await open(root)).find('0042')).name;
export const count = async (root) => (await open(root)).filter('it.n <= 100').count();
export const inlineCount = async (root) => (await (await open(root)).filter('it.n <= 100').withInlineCount().take(1).toArray()).totalCount;
export const search = async (root) => ids(await (await open(root)).filter('it.name.endsWith("2499")').toArray());
export const pages = async (root) => {
  const all = [];
  for (let page = await (await open(root)).map('it.id').take(1000).toArray(); ; page = await page.next()) {
    all.push(...page);
    if (page.length < 1000) {
      return [all.length, new Set(all).size];
    }
  }
};
export const discovered = async (root) => ids(await (await $data.initService(root)).numbers.filter('it.n > 2497 && it.even == true').toArray());
