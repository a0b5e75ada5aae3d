// DevExtreme's ODataStore and DataSource, as its grids use them
import http from 'devextreme/cjs/core/http_request.js';
import dataSource from 'devextreme/cjs/data/data_source.js';
import store from 'devextreme/cjs/data/odata/store.js';
import XMLHttpRequest from 'xhr2';

const DataSource = dataSource.default;
const ODataStore = store.default;

// It asks with the browser's XMLHttpRequest and refuses other hosts where that knows no credentials.
http.default.inject({ getXhr: () => Object.assign(new XMLHttpRequest(), { withCredentials: false }) });

const open = (root) => new ODataStore({ url: `${root}/numbers`, key: 'id', keyType: 'String', version: 4 });
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids(await open(root).load({ filter: [['n', '>', 2490], 'and', ['even', '=', true]], select: ['id', 'name'], sort: [{ selector: 'n', desc: true }], take: 3 }));
export const key = async (root) => (await open(root).byKey('0042')).name;
export const count = async (root) => open(root).totalCount({ filter: ['n', '<=', 100] });
export const inlineCount = async (root) => new Promise((done, failed) => {
  open(root).load({ filter: ['n', '<=', 100], take: 1, requireTotalCount: true }).then((rows, extra) => done(extra.totalCount), failed);
});
export const search = async (root) => ids(await open(root).load({ filter: ['name', 'contains', 'số 2499'] }));
export const pages = async (root) => {
  const all = ids(await open(root).load({ select: ['id'] }));
  return [all.length, new Set(all).size];
};
export const page = async (root) => {
  const source = new DataSource({ store: open(root), paginate: true, pageSize: 12, requireTotalCount: true });
  source.pageIndex(2);
  const rows = await source.load();
  return [source.totalCount(), rows[0].id, rows.length];
};
