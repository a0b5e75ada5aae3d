// Apache Olingo's client for JavaScript. Its own way to ask is the browser's; fetch stands in, as it provides for.
import odatajs from 'odatajs/index.js';

const { oData } = odatajs;
const named = (name) => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()).replace('Odata', 'OData');
const asked = async (request) => {
  const answer = await fetch(request.requestUri, { method: request.method, headers: request.headers, body: request.body });
  return { requestUri: request.requestUri, statusCode: answer.status, headers: Object.fromEntries([...answer.headers].map(([name, value]) => [named(name), value])), body: await answer.text() };
};
const client = { request: (request, done, failed) => void asked(request).then(done, failed) };
const json = { Accept: 'application/json' };
const read = (requestUri, headers = json, handler = undefined) => new Promise((done, failed) => { oData.read({ requestUri, headers }, done, failed, handler, client); });
const ids = (rows) => rows.map((row) => row.id);

export const service = async (root) => (await read(`${root}/`)).value.map((set) => set.name);
export const metadata = async (root) => (await read(`${root}/$metadata`, { Accept: 'application/xml' }, oData.metadataHandler)).dataServices.schema[0].entityType[0].property.map((column) => [column.name, column.type]);
export const list = async (root) => ids((await read(`${root}/numbers?$filter=n gt 2490 and even eq true&$select=id,name&$orderby=n desc&$top=3`)).value);
export const key = async (root) => (await read(`${root}/numbers('0042')`)).name;
export const inlineCount = async (root) => (await read(`${root}/numbers?$count=true&$filter=n le 100&$top=1`))['@odata.count'];
export const pages = async (root) => {
  const all = [];
  for (let next = `${root}/numbers?$select=id`; next; ) {
    const page = await read(next);
    all.push(...ids(page.value));
    next = page['@odata.nextLink'];
  }
  return [all.length, new Set(all).size];
};
export const apply = async (root) => (await read(`${root}/numbers?$apply=groupby((even),aggregate($count as c))`)).value.map((row) => [row.even, row.c]);
export const batch = async (root) => {
  const requests = ['numbers?$top=2&$select=id', "numbers('0042')"].map((requestUri) => ({ requestUri, method: 'GET', headers: json }));
  const answer = await new Promise((done, failed) => {
    oData.request({ requestUri: `${root}/$batch`, method: 'POST', data: { __batchRequests: requests } }, done, failed, oData.batch.batchHandler, client);
  });
  const [rows, row] = answer.__batchResponses.map((response) => response.data);
  return [ids(rows.value), row.name];
};
