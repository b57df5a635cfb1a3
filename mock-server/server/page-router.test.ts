import supertest from "supertest";
import { createApp } from "./create-app";
import { startMockServer } from "./start-mock-server";

/* How the inbox is served. What it does is tested in a browser, in ../ui. */

type Headers = Readonly<Record<string, string>>;
const BROWSER: Headers = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

async function served(controlToken?: string) {
  const mock = await startMockServer({ ...(controlToken !== undefined && { controlToken }) });
  stops.push(() => mock.stop());
  const get = (path: string, headers: Headers = {}): Promise<Response> =>
    fetch(mock.url + path, { headers, redirect: "manual" });
  return { mock, get };
}

const stops: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

test.each([
  ["/", "/__mock/ui/"],
  ["/s/box/", "/s/box/__mock/ui/"],
  ["/s/box", "/s/box/__mock/ui/"],
])("%s leads a browser to the page, and tells programs what it always told them", async (path, page) => {
  const { get } = await served();
  const led = await get(path, BROWSER);
  expect([led.status, led.headers.get("location")]).toEqual([302, page]);
  expect(await (await get(path)).json()).toMatchObject({ name: "linq-mock" });
});

test("the page may load from its own server alone, and is never kept; its files are kept for good", async () => {
  const { get } = await served();
  const page = await get("/__mock/ui/", BROWSER);
  expect(page.headers.get("cache-control")).toBe("no-store");
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'; base-uri 'none'");
  const names = [...(await page.text()).matchAll(/"(page-[A-Z\d]{8}\.(?:js|css))"/g)].map(([, name]) => name);
  expect(names).toHaveLength(2);
  for (const name of names) {
    const file = await get(`/s/box/__mock/ui/${name}`);
    expect([file.status, file.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
    expect(file.headers.get("content-encoding")).toBe("gzip"); // fetch takes it
  }
});

test("only files of the page are served", async () => {
  const { get } = await served();
  for (const path of ["/__mock/ui/..%2Findex.js", "/__mock/ui/%2e%2e%2fcli.js", "/__mock/ui/nothing.js"]) {
    expect((await get(path)).status).toBe(404);
  }
  const led = await get("/s/box/__mock/ui");
  expect([led.status, led.headers.get("location")]).toEqual([302, "/s/box/__mock/ui/"]);
});

test("another site may link to the page, and neither frame nor read it", async () => {
  const app = createApp();
  const status = async (headers: Headers): Promise<number> => (await supertest(app).get("/__mock/ui/").set(headers)).status; // fetch says itself what it is
  const foreign = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" };
  expect(await status({ ...foreign, "Sec-Fetch-Dest": "document" })).toBe(200);
  expect(await status({ ...foreign, "Sec-Fetch-Dest": "iframe" })).toBe(403);
  expect(await status({ Origin: "https://evil.example" })).toBe(403);
});

describe("with a control token", () => {
  const open = ({ url }: { readonly url: string }, token: string): Promise<Response> =>
    fetch(`${url}/__mock/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });

  test("the page itself is shown, and a cookie that is not the token opens what it asks", async () => {
    const { mock, get } = await served("let-me-in");
    expect((await get("/__mock/ui/", BROWSER)).status).toBe(200);
    expect((await get("/__mock/clock")).status).toBe(401);
    const opened = await open(mock, "let-me-in");
    const cookie = opened.headers.get("set-cookie") ?? "";
    expect([opened.status, cookie]).toEqual([
      204,
      expect.stringMatching(/^linq-mock-session=[\da-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const own = { Cookie: `theirs=1; ${cookie.split(";")[0]}`, "Sec-Fetch-Site": "same-origin" };
    expect((await get("/__mock/clock", own)).status).toBe(200);
  });

  test("the cookie counts for no other page of this machine, and a wrong token gets none", async () => {
    const { mock, get } = await served("let-me-in");
    const [cookie = ""] = (await open(mock, "let-me-in")).headers.get("set-cookie")?.split(";") ?? [];
    expect((await get("/__mock/clock", { Cookie: cookie, "Sec-Fetch-Site": "same-site" })).status).toBe(401);
    expect((await get("/__mock/clock", { Cookie: cookie, Origin: "http://localhost:3000" })).status).toBe(401);
    expect((await get("/__mock/clock", { Cookie: `${cookie}0` })).status).toBe(401);
    const refused = await open(mock, "let-me-out");
    expect([refused.status, refused.headers.get("set-cookie")]).toEqual([401, null]);
  });
});

test("what the page reads is logged at debug alone, unless it fails", async () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const app = createApp({ log: "info" });
    const page = { Referer: "http://localhost:4010/__mock/ui/" };
    await supertest(app).get("/__mock/ui/");
    await supertest(app).get("/__mock/clock").set(page);
    await supertest(app).post("/__mock/simulate/typing").set(page).send({ chat: 46 });
    await supertest(app).get("/__mock/clock");
    await supertest(app).get("/__mock/nothing").set(page);
    await new Promise(setImmediate);
    const logged = write.mock.calls.map(([text]) => String(text)).join("");
    expect([...logged.matchAll(/(?:GET|POST) \S+ \d+/g)].map(([line]) => line)).toEqual([
      "POST /__mock/simulate/typing 200",
      "GET /__mock/clock 200",
      "GET /__mock/nothing 404",
    ]);
  } finally {
    write.mockRestore();
  }
});
