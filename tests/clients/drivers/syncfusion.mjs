// @syncfusion/ej2-data, as its grids use it
import data from '@syncfusion/ej2-data/dist/ej2-data.umd.min.js';

const { DataManager, ODataV4Adaptor, Query } = data;

const open = (root) => new DataManager({ url: `${root}/numbers`, adaptor: new ODataV4Adaptor(), crossDomain: true });
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids((await open(root).executeQuery(new Query().where('n', 'greaterthan', 2490).where('even', 'equal', true).select(['id', 'name', 'n']).sortByDesc('n').take(3))).result);
export const page = async (root) => {
  const { result, count } = await open(root).executeQuery(new Query().page(3, 12).requiresCount());
  return [count, ids(result)[0], result.length];
};
export const search = async (root) => ids((await open(root).executeQuery(new Query().search('số 2499', ['name'], 'contains', true))).result);
