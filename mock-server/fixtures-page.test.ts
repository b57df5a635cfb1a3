import { readFileSync } from "node:fs";
import { findChatPath } from "../contracts/operations";
import { parseYaml } from "../fixtures/load/parse-yaml";
import { apiClient } from "./testing/api-client";

/* docs/fixtures.md is read by people who copy from it. */

const page = readFileSync("docs/fixtures.md", "utf8");
const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

test("the world that the page begins with is served, and the API finds its chats (A-find-match)", async () => {
  const { content } = parseYaml("docs/fixtures.md", example);
  const api = apiClient({ fixtures: content as object & { version: 1 } });
  const found = [
    ["+12052761148", "+12055550101"],
    ["+12052761148", "+12055550101", "+12055550102", "dee@example.com"],
    ["+12055550100", "+12055550103", "+12055550102"],
  ].map(async ([line = "", ...participants]) => {
    const { body } = await api.get(findChatPath(line, participants));
    return [body.data.chat.display_name, body.data.chat.message_count];
  });
  expect(await Promise.all(found)).toEqual([
    ["Ann Archer", 3],
    ["The picnic", 2],
    ["+1 (205) 555-0103, Ben Baker", 1],
  ]);
});

test("the page names every list and field of the format", () => {
  const schema = JSON.parse(readFileSync("fixtures/fixture.schema.json", "utf8")) as {
    properties: Record<string, unknown>;
    $defs: Record<string, { properties?: Record<string, unknown> }>;
  };
  const named = new Set(page.match(/(?<=`)[a-z\d_]+(?=`)/g));
  const fields = [schema, ...Object.values(schema.$defs)].flatMap(({ properties = {} }) => Object.keys(properties));
  const kinds = Object.keys((schema.properties["last_ids"] as { properties: object }).properties);
  expect(fields.filter((field) => !named.has(field) && !["$schema", "version", "text", ...kinds].includes(field))).toEqual([]);
});
