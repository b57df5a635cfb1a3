import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DIST = join(__dirname, "../../dist");

/** Parts of the built package that are loaded when they are needed, each by a text of its own: files of the bundle have no names to go by. */
export const PARTS = {
  "contract check": "a JSON body",
  "control validators": "saveSnapshot path",
  faker: "fakerjs.dev",
  "fixture validators": "linq-mock fixture, version 1",
  kit: "find does not depend on the order of the participants",
  prism: "stoplight/prism-http",
  yaml: "YAMLParseError",
};

/** Which parts are in these files of the bundle, by their paths. */
export function partsIn(files: readonly string[]): string[] {
  const texts = files.filter((file) => file.startsWith(DIST)).map((file) => readFileSync(file, "utf8").replaceAll("\\\n", "")); // esbuild breaks long texts
  return Object.entries(PARTS).flatMap(([part, marker]) => (texts.some((text) => text.includes(marker)) ? [part] : []));
}

/** All that there are in the bundle. */
export function partsOfBundle(): string[] {
  return partsIn(
    readdirSync(DIST)
      .filter((name) => name.endsWith(".js"))
      .map((name) => join(DIST, name)),
  );
}
