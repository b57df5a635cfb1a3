/** The least that loading a JSON file can take. Prints its milliseconds. */
const { readFileSync } = require("node:fs");

const start = performance.now();
JSON.parse(readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify({ ms: performance.now() - start }));
