/**
 * Measures how large and how far apart the code is: `npx tsx scripts/measure.ts`, with `--files` for the names behind the numbers.
 * Hand-written source is TypeScript and JavaScript without tests, without `testing/` folders and without what is generated.
 */
import { parseArgs } from "node:util";
import { countCode } from "./measure/code";
import { tracePaths } from "./measure/paths";
import { countWords } from "./measure/words";

void measure();

async function measure(): Promise<void> {
  const { values } = parseArgs({ options: { files: { type: "boolean", default: false } } });
  const code = countCode();
  const docs = countWords();
  const rows: [string, string, readonly string[]][] = [
    ["lines of hand-written source", String(code.lines), []],
    ["files", String(code.files), []],
    ["median lines of a file", String(code.median), []],
    [
      "files of 20 lines or fewer, but operations, laws, entry points",
      `${code.small.length} (${Math.round((100 * code.small.length) / code.files)} %)`,
      code.small,
    ],
    ["files of more than 250 lines", String(code.large.length), code.large],
    ["files that could be part of their one importer, beside them", String(code.singleImporters.length), code.singleImporters],
    ["names exported from more than one file", String(code.exportedTwice.length), code.exportedTwice],
    ["names that V2 and V3 each export once", String(code.inBothVersions.length), code.inBothVersions],
    ["calls of `require` in a function", String(code.lazyRequires.length), code.lazyRequires],
    ['`"detail" in x` and its kin', String(code.inChecks.length), code.inChecks],
    ["words of README and docs, but what is generated, and code", String(docs.words), docs.pages],
  ];
  for (const [name, { files, calls, changes, depth }] of Object.entries(await tracePaths()))
    rows.push([`${name}: files / calls / changes of file / depth`, `${files} / ${calls} / ${changes} / ${depth}`, []]);

  for (const [name, value, details] of rows) {
    console.log(`${name.padEnd(68)} ${value}`);
    if (values.files) for (const detail of details) console.log(`    ${detail}`);
  }
}
