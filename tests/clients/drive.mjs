// Lets OData clients of other people ask a running service and prints what each got, a JSON line a step.
import { readdirSync } from 'node:fs';

const [root] = process.argv.slice(2);
for (const file of readdirSync(new URL('./drivers/', import.meta.url)).sort()) {
  const client = file.replace('.mjs', '');
  const steps = await import(`./drivers/${file}`);
  for (const [step, run] of Object.entries(steps)) {
    try {
      console.log(JSON.stringify({ client, step, got: await run(root) }));
    } catch (error) {
      console.log(JSON.stringify({ client, step, error: `${error?.message ?? error}`.slice(0, 1000) }));
    }
  }
}
