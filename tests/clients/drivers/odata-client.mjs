import odata from 'odata-client';

const open = (root) => odata({ service: root, resources: 'numbers', format: 'json' });
const body = (response) => JSON.parse(response.body);
const ids = (rows) => rows.map((row) => row.id);

export const list = async (root) => ids(body(await open(root).filter('n', '>', 2490).and('even', '=', true).select('id', 'name').orderby('n', 'desc').top(3).get()).value);
export const key = async (root) => body(await odata({ service: root }).resource('numbers', '0042').get()).name;
export const count = async (root) => Number((await open(root).filter('n', '<=', 100).count().get()).body);
export const batch = async (root) => {
  const response = await odata({ service: root }).batch().resource('numbers').top(2).select('id').get().resource('numbers', '0042').get().send();
  const bodies = response.body.split('\r\n').filter((line) => line.startsWith('{')).map((json) => JSON.parse(json));
  return [ids(bodies[0].value), bodies[1].name];
};
