import { execFileSync } from "node:child_process";
import { join } from "node:path";

/* Asks the built package, as `npm test` has just built it. */

const SCRIPT = `
  const { startMockServer } = require("./dist/index.js");
  const loaded = () => Object.keys(require.cache).filter((path) => /@stoplight|json-schema-faker|documented-answers/.test(path));
  const start = async () => {
    const server = await startMockServer();
    const ask = async (headers) => {
      const response = await fetch(server.url + "/api/partner/v2/phone_numbers", { headers: { "X-LINQ-INTEGRATION-TOKEN": "t", ...headers } });
      await response.text();
      return { status: response.status, loaded: loaded().map((path) => /node_modules.(@?[\\w-]+)|([\\w-]+)\\.js$/.exec(path).slice(1).join("")) };
    };
    const answers = [];
    for (const prefer of [undefined, "return=minimal", "code=418", "code=200"]) answers.push(await ask(prefer && { Prefer: prefer }));
    await server.stop();
    console.log(JSON.stringify(answers.map(({ status, loaded }) => [status, [...new Set(loaded)].sort()])));
  };
  void start();
`;

test("prism is loaded by the first answer that is forced, and not before", () => {
  const output = execFileSync(process.execPath, ["-e", SCRIPT], { cwd: join(__dirname, "../../.."), encoding: "utf8" });
  expect(JSON.parse(output)).toEqual([
    [200, []],
    [200, []],
    [400, ["documented-answers"]],
    [200, ["@stoplight", "documented-answers", "json-schema-faker"]],
  ]);
});
