// @odata/client
import odata from '@odata/client';

const { OData } = odata;
const open = (root) => OData.New4({ serviceEndpoint: `${root}/`, processCsrfToken: false });
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids(await open(root).getEntitySet('numbers').query(
  OData.newOptions().filter(OData.newFilter().property('n').gt(2490).property('even').eq(true)).select(['id', 'name']).orderby('n', 'desc').top(3)));
export const key = async (root) => (await open(root).getEntitySet('numbers').retrieve('0042')).name;
export const count = async (root) => open(root).getEntitySet('numbers').count(OData.newFilter().property('n').le(100));
export const apply = async (root) => (await open(root).newRequest({ collection: 'numbers', params: OData.newOptions().apply('groupby((even),aggregate($count as c))') })).value.map((row) => [row.even, row.c]);
export const batch = async (root) => {
  const client = open(root);
  const responses = await client.execBatchRequests([
    client.newBatchRequest({ collection: 'numbers', params: OData.newOptions().top(2).select('id') }),
    client.newBatchRequest({ collection: 'numbers', id: '0042' }),
  ]);
  const [rows, row] = await Promise.all(responses.map(async (response) => response.json()));
  return [ids(rows.value), row.name];
};
export const batchJson = async (root) => {
  const client = open(root);
  const responses = await client.execBatchRequestsJson([
    client.newBatchRequest({ collection: 'numbers', params: OData.newOptions().top(2).select('id') }),
    client.newBatchRequest({ collection: 'numbers', id: '0042' }),
  ]);
  const [rows, row] = await Promise.all(responses.map(async (response) => response.json()));
  return [ids(rows.value), row.name];
};
