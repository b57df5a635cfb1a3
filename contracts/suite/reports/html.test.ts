import { createHash } from "node:crypto";
import { startTarget } from "../../testing/start-mock";
import type { AssumptionOutcome, ContractReport, KnownDeviation } from "../report";
import { runContract } from "../run";
import { renderHtml } from "./html";
import { jsonReport } from "./json";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";

const SECTIONS = [
  "Failures",
  "Left behind",
  "Only assumed, and contradicted",
  "Added by the server",
  "Inconclusive",
  "Known deviations",
  "Not judged",
  "Laws",
  "Assumptions",
  "Differences from a mock",
];

/** A report with something in each section, and one text wherever a server or a baseline may put any. */
function fullReport(text: string): ContractReport {
  const exchange = anExchange("/chats/46", { sent: { [text]: text }, body: { data: { [text]: text } } });
  const known: KnownDeviation = { fingerprint: text, reason: text, owner: text, expires: text };
  const evidence = { what: text, pointer: `/data/${text}`, expected: { [text]: text }, received: text };
  const found = { reason: text, evidence, exchanges: [exchange] };
  const assumed: AssumptionOutcome = {
    id: "A-find-match",
    text: "Exactly.",
    outcome: "confirmed",
    detail: text,
    exchanges: [],
  };
  return aReport({
    line: text,
    outcomes: [
      anOutcome({ id: "law-1", law: 1, verdict: "fail", ...found }),
      aShape({ verdict: "fail", ...found, evidence: { ...evidence, expected: text }, fingerprint: text }),
      aShape({ verdict: "added", ...found, fingerprint: text }),
      anOutcome({ id: "law-2", law: 2, verdict: "fail", reason: text, known }),
      anOutcome({ id: "law-3", law: 3, verdict: "inconclusive", reason: text }),
      anOutcome({ id: "law-4", law: 4, verdict: "skipped", reason: text }),
      anOutcome(),
    ],
    assumptions: [assumed, { ...assumed, outcome: "contradicted" }, { ...assumed, outcome: "not tried" }],
    differences: [{ operation: "getChat", law: 7, meaning: text, pointer: `/${text}`, target: text, mock: [text], exchange }],
    left: [{ operation: "createContact", path: `/${text}`, undo: { method: "DELETE", path: `/${text}`, body: text } }],
  });
}

function pageOf(report: ContractReport, showValues = true): string {
  return renderHtml(jsonReport(report, { strict: false, showValues }));
}

/** The tags of a page, in order, with their attributes. */
function tagsOf(page: string): string[] {
  return page.replace(/<style>.*?<\/style>/s, "").match(/<[^>]*>/g) ?? [];
}

function textOf(page: string, id: string): string {
  const [, section = ""] = new RegExp(`<section id="${id}".*?>(.*?)</section>`, "s").exec(page) ?? [];
  return section.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

test("the answer is at the top: counts, target, time, what was allowed, and the seed", () => {
  const page = pageOf(aReport({ outcomes: [anOutcome({ verdict: "fail", reason: "find and get differ" }), anOutcome()] }));
  const [, header = ""] = /<header>(.*)<\/header>/s.exec(page) ?? [];
  const text = header.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  expect(text).toContain("The contract is broken: 1 failure");
  expect(text).toContain("1 ✓ pass 1 ✗ fail 0 ≠ contradicted 0 + added 0 ? inconclusive 0 – skipped");
  expect(text).toContain("Target https://api.linqapp.com");
  expect(text).toContain("Begun 2026-11-25 10:00:00 UTC Took 4.3 s, 42 requests Allowed read (42 requests) Seed 1");
});

test.each([
  ["with something in each", fullReport("words")],
  ["with nothing to tell", aReport({ outcomes: [] })],
])("every section is there, has a heading, and is linked, in a report %s", (_, report) => {
  const page = pageOf(report);
  const headings = [...page.matchAll(/<section id="(\w+)" aria-labelledby="\1-title">\n<h2 id="\1-title">([^<]+)<\/h2>/g)];
  expect(headings.map(([, , title]) => title)).toEqual(SECTIONS);
  const links = [...page.matchAll(/<a href="#(\w+)">/g)].map(([, id]) => id);
  expect(links).toEqual(headings.map(([, id]) => id));
});

test("a failure tells what it means, what was expected and came, where, the clause, the requests, and both commands", () => {
  const exchange = anExchange("/chats/46", { body: { data: { id: 46, service: "Pigeon" } } });
  const report = aReport({
    outcomes: [
      anOutcome({
        verdict: "fail",
        reason: "find and get show the same chat differently",
        evidence: { what: "the chat that was found", pointer: "/service", expected: "SMS", received: "iMessage" },
        exchanges: [exchange],
      }),
    ],
  });
  const failures = textOf(pageOf(report, false), "failures");
  expect(failures).toContain("✗ fail find and get show the same chat differently Law 7: find agrees with get");
  expect(failures).toContain("Compared the chat that was found Where /service Clause #/paths/~1chats~1find/get/responses/200");
  expect(failures).toContain("Expected &#34;SMS&#34; Received &#34;iMessage&#34;");
  expect(failures).toContain("The requests GET /chats/46 → 200 in 12 ms Answered { &#34;data&#34;:");
  expect(failures).toContain("Ask again curl -g &#39;https://api.linqapp.com/api/partner/v2/chats/46&#39;");
  expect(failures).not.toContain("Pigeon");
});

test.each([
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "]]>",
  "</style></pre>`",
  "' onclick='alert(1)",
  "$&",
])("%s stays text, wherever a server puts it", (hostile) => {
  const page = pageOf(fullReport(hostile));
  expect(tagsOf(page)).toEqual(tagsOf(pageOf(fullReport("words"))));
  expect(page.split(hostile.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)).length).toBeGreaterThan(30);
});

test("two answers that differ are told by their operations, and none is called right", () => {
  const between = ["Get Chat", "List Chats"] as const;
  const evidence = { what: "a chat", pointer: "/group", expected: true, received: false, between };
  const page = renderHtml(
    jsonReport(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] }), { strict: false, showValues: false }),
  );
  expect(page).toContain("<h4>List Chats</h4>");
  expect(page).toContain("<h4>Get Chat</h4>");
  expect(page).toContain("One is wrong; this run cannot say which.");
  expect(page).not.toContain("<h4>Expected</h4>");
});

test("nothing is loaded or run: no script, no address in an attribute, and a policy that forbids them", () => {
  const page = pageOf(fullReport("https://example.com/x"));
  const tags = tagsOf(page);
  expect(
    tags.filter((tag) => /<(?:script|link|img|iframe|object|embed|form|base|a href="[^#])|\s(?:on\w+|src|style)=/i.test(tag)),
  ).toEqual([]);
  const [, styles = ""] = /<style>(.*)<\/style>/s.exec(page) ?? [];
  expect(styles).not.toMatch(/url\(|@import|https?:/);
  const hash = createHash("sha256").update(styles).digest("base64");
  expect(tags).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
  );
});

test("every table has column headers, and a header in each row", () => {
  const tables = pageOf(fullReport("words")).match(/<table.*?<\/table>/gs) ?? [];
  expect(tables.length).toBeGreaterThan(5);
  for (const table of tables) {
    expect(table).toMatch(/<th role="columnheader" scope="col"/);
    expect(table.match(/<th role="rowheader" scope="row"/g)).toHaveLength((table.match(/<tr /g) ?? []).length - 1);
  }
});

test("every id is there once, and whatever is named by one is there", () => {
  const page = pageOf(fullReport("words"));
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [...page.matchAll(/(?:aria-labelledby="|href="#)([^"]+)"/g)].map(([, id]) => id);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

test("a recording has no target to ask again", () => {
  const outcome = anOutcome({ verdict: "fail", reason: "differs", exchanges: [anExchange("/chats/46")] });
  const report = aReport({ target: "", outcomes: [outcome] });
  const page = pageOf(report, false);
  expect(page).toContain("a recording");
  expect(textOf(page, "failures")).toContain("curl -g &#39;https://HOST/api/partner/v2/chats/46&#39;");
});

test("a page of a thousand failures is one that can be opened", () => {
  const body = { data: Array.from({ length: 100 }, (_, id) => ({ id, text: "x".repeat(200) })) };
  const exchanges = Array.from({ length: 12 }, () => anExchange("/chats/46/chat_messages", { body }));
  const failure = anOutcome({ verdict: "fail", reason: "differs", exchanges });
  const page = pageOf(aReport({ outcomes: Array.from({ length: 1_000 }, (_, i) => ({ ...failure, id: `law-${i}` })) }));
  expect(page.length).toBeLessThan(2_000_000);
  expect(page.match(/<article/g)).toHaveLength(1_000);
});

test.each(["light", "dark"])("in the %s, whatever is written stands out from what it is written on", (theme) => {
  const [light = "", dark = ""] = [...pageOf(aReport()).matchAll(/:root \{(.*?)\}/gs)].map(([, rules]) => rules);
  const colors = new Map(
    [...`${light}${theme === "dark" ? dark : ""}`.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, color]) => [name, color]),
  );
  const contrast = (one = "", other = ""): number => {
    const [brighter = 0, darker = 0] = [one, other].map(luminance).sort((a, b) => b - a);
    return (brighter + 0.05) / (darker + 0.05);
  };
  for (const text of ["text", "muted", "link", "pass", "fail", "contradicted", "added", "inconclusive", "skipped"]) {
    for (const ground of ["page", "surface", "sunken"]) {
      expect([text, ground, contrast(colors.get(text), colors.get(ground)) >= 4.5]).toEqual([text, ground, true]);
    }
  }
});

function luminance(color: string): number {
  const digits = color.slice(1);
  const parts = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = parts.map((hex) => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("a page of a whole run has less than 1 MB, all laws, and no text, name or number of the server", async () => {
  const target = await startTarget();
  const { url, token, line, spareLine } = target;
  const report = await runContract({ target: url, token, line, spareLine, isOwnMock: true });
  await target.stop();
  const failing = {
    ...report,
    outcomes: report.outcomes.map((outcome) =>
      outcome.check === "law" ? ({ ...outcome, verdict: "fail", reason: "it does not hold" } as const) : outcome,
    ),
  };
  for (const shown of [report, failing]) {
    const page = pageOf(shown, false);
    expect(page.length).toBeLessThan(1_000_000);
    expect(textOf(page, "laws").match(/(?:✓|✗) (?:pass|fail)/g)).toHaveLength(
      shown.outcomes.filter(({ check }) => check === "law").length,
    );
    expect(page).not.toMatch(/Message \d+|\+?1?2055550190/);
  }
});
