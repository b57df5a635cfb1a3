import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import type * as Browser from "./browser";
import { type MockServer, startMockServer } from "./index";

const PAGE = { fetch, URL, URLSearchParams };

let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(() => mock.stop());

/** What is exported to a page that has nothing else than what browsers have. */
async function bundled(page: object = PAGE): Promise<typeof Browser> {
  const { outputFiles, warnings } = await build({
    entryPoints: ["mock-server/browser.ts"],
    bundle: true,
    platform: "browser", // a module of Node is an error
    format: "iife",
    globalName: "linqMock",
    write: false,
  });
  expect(warnings).toEqual([]);
  const [{ text } = { text: "" }] = outputFiles;
  expect(text.length).toBeLessThan(20_000);
  return runInContext(`${text}; linqMock`, createContext(page));
}

test("a page steers a sandbox of a running mock", async () => {
  const { TestSandbox } = await bundled();
  const box = new TestSandbox(mock.url, "page");
  const { message } = await box.simulate.message({ chat: 46, from: "+12055426109", text: "hi" });
  expect(message.text).toBe("hi");
  await expect(box.simulate.message({ chat: 9999 })).rejects.toThrow(/^POST \/__mock\/simulate\/message answered 4\d\d: /);
  await box.drop();
});

test("the package has it for bundlers, and for require, without Node's modules", async () => {
  for (const contents of ['export * from "linq-mock/browser"', 'module.exports = require("linq-mock/browser")']) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd() },
      bundle: true,
      platform: "browser",
      format: "iife",
      globalName: "linqMock",
      write: false,
    });
    const packaged: typeof Browser = runInContext(`${outputFiles[0]?.text}; linqMock`, createContext(PAGE));
    const box = new packaged.TestSandbox(mock.url, "packaged");
    expect((await box.clock.read()).mode).toBe("real");
  }
});

test("where there is no fetch, as in jsdom, it is said what to import", async () => {
  const { TestSandbox } = await bundled({ URL, URLSearchParams });
  await expect(new TestSandbox(mock.url, "page").clock.read()).rejects.toThrow(
    'There is no fetch here; in jsdom import TestSandbox from "linq-mock"',
  );
  expect(() => new TestSandbox("localhost:4010", "page")).toThrow("the URL of a mock is one such as http://localhost:4010");
});

test("a page that got no answer is told that it may have been refused", async () => {
  const { TestSandbox } = await bundled({ ...PAGE, location: { origin: "null" } });
  await expect(new TestSandbox("http://127.0.0.1:9", "page").state()).rejects.toThrow(
    "GET /__mock/state got no answer: is the mock running at http://127.0.0.1:9, and may this page read it (--cors null)?",
  );
});

test("a page of this machine may use /__mock from another port", async () => {
  const origin = "http://localhost:5173";
  const url = `${mock.url}/s/page/__mock/simulate/message`;
  const asked = { Origin: origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type" };
  const preflight = await fetch(url, { method: "OPTIONS", headers: asked });
  expect(preflight.ok).toBe(true);
  expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
  expect(preflight.headers.get("access-control-allow-headers")).toMatch(/content-type/i);
});
