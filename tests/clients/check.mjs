// Holds documents to schemas of other people. One line from standard input is one check: {"kind", "document", "schema"}; one line out is what is wrong, as a JSON list.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const problems = (errors) => (errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params ?? {})}`);

const kinds = {
  schema: ({ document, schema }) => {
    // The schema of CSDL names formats and combines types as older rules allowed.
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(json(schema));
    validate(json(document));
    return problems(validate.errors);
  },
  openapi: async ({ document }) => {
    const validator = new Validator();
    const result = await validator.validate(json(document));
    return result.valid ? [] : typeof result.errors === 'string' ? [result.errors] : problems(result.errors);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const check = JSON.parse(line);
  console.log(JSON.stringify(await kinds[check.kind](check)));
}
