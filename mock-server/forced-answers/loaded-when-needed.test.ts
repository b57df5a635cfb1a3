import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { partsIn } from "../testing/bundle-parts";

/* Asks the built package, as `npm test` has just built it. */

const SCRIPT = `
  const { startMockServer } = require("./dist/index.js");
  const start = async () => {
    const server = await startMockServer();
    const ask = async (headers) => {
      const response = await fetch(server.url + "/api/partner/v2/phone_numbers", { headers: { "X-LINQ-INTEGRATION-TOKEN": "t", ...headers } });
      await response.text();
      return [response.status, Object.keys(require.cache)];
    };
    const answers = [];
    for (const prefer of [undefined, "return=minimal", "code=418", "code=200"]) answers.push(await ask(prefer && { Prefer: prefer }));
    await server.stop();
    console.log(JSON.stringify(answers));
  };
  void start();
`;

test("prism is loaded by the first preference for an answer, and not before", () => {
  const output = execFileSync(process.execPath, ["-e", SCRIPT], { cwd: join(__dirname, "../.."), encoding: "utf8" });
  const answers = JSON.parse(output) as [status: number, loaded: string[]][];
  expect(answers.map(([status, loaded]) => [status, partsIn(loaded).includes("prism")])).toEqual([
    [200, false],
    [200, false],
    [400, true],
    [200, true],
  ]);
});
