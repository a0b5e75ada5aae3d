// odata-query builds addresses; fetch asks them.
import odataQuery from 'odata-query';

const build = odataQuery.default ?? odataQuery;
const json = async (address) => (await fetch(address)).json();
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids((await json(`${root}/numbers${build({ filter: { n: { gt: 2490 }, even: true }, select: ['id', 'name'], orderBy: ['n desc'], top: 3 })}`)).value);
export const key = async (root) => (await json(`${root}/numbers${build({ key: '0042' })}`)).name;
export const count = async (root) => Number(await (await fetch(`${root}/numbers${build({ count: { n: { le: 100 } } })}`)).text());
export const inlineCount = async (root) => (await json(`${root}/numbers${build({ count: true, filter: { n: { le: 100 } }, top: 1 })}`))['@odata.count'];
export const functions = async (root) => ids((await json(`${root}/numbers${build({ filter: { and: [{ name: { contains: 'số 24' } }, { n: { in: [24, 240, 2400] } }] }, orderBy: 'n' })}`)).value);
export const search = async (root) => ids((await json(`${root}/numbers${build({ search: 'so 2499' })}`)).value);
export const greatest = async (root) => (await json(`${root}/numbers${build({ transform: { groupBy: { properties: ['even'], transform: { aggregate: { n: { with: 'max', as: 'most' } } } } } })}`)).value.map((row) => [row.even, row.most]);
