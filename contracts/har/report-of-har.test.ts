import { TargetError } from "../client/errors";
import { operations } from "../generated/v2/operations";
import { exitCodeOf } from "../suite/report";
import { answerExamples, type Json } from "../testing/contract-examples";
import { type HarReport, leftOut, reportOfHar } from "./report-of-har";
import { chromiumEntry, chromiumHar } from "./testing/chromium-har";

const API = "https://api.linqapp.com/api/partner/v2";
const CHAT = `${API}/chats/46`;
const chat: Json = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 200)?.value;

function reportOf(...entries: readonly unknown[]): HarReport {
  return reportOfHar(chromiumHar(...entries), "page.har", { now: () => Date.UTC(2026, 0, 2) });
}

test("whatever the contract shows passes, and each operation and status is an outcome", () => {
  const entries = answerExamples.map(({ of: { id, status }, value }) => {
    const { method, path } = operations[id];
    return chromiumEntry({ method, url: `${API}${path.replaceAll(/\{\w+\}/g, "7")}`, status, body: value });
  });
  const report = reportOf(...entries);
  const shapes = new Set(answerExamples.map(({ of: { id, status } }) => `shape-${id}-${status}`));
  expect(report.outcomes.map(({ id, verdict }) => `${id} ${verdict}`).sort()).toEqual(
    [...shapes].map((id) => `${id} pass`).sort(),
  );
  expect(report.recording).toMatchObject({ entries: entries.length, checked: entries.length });
  expect(exitCodeOf(report, { strict: true })).toBe(0);
});

test("a report of a recording has the shapes, and what all answers show of what is assumed", () => {
  const patched = { ...answerExamples.find(({ of }) => of.id === "patchContact" && of.status === 200)?.value };
  const report = reportOf(
    chromiumEntry({ url: CHAT, body: chat }),
    chromiumEntry({ url: CHAT, body: chat }),
    chromiumEntry({ method: "PATCH", url: `${API}/contacts/301`, body: patched, sent: { contact: { title: "Head Baker" } } }),
    chromiumEntry({ url: "https://app.example.com/main.js" }),
    chromiumEntry({ url: CHAT, status: 0 }),
    chromiumEntry({ url: `${API}/chat`, status: 404, body: {} }),
  );
  expect(report).toEqual({
    target: "",
    isOwnMock: false,
    startedAt: "2026-01-02T00:00:00.000Z",
    ms: expect.any(Number),
    seed: 0,
    line: undefined,
    allowed: [],
    requests: { read: 2, write: 1, visible: 0, send: 0 },
    outcomes: [
      expect.objectContaining({ id: "shape-getChat-200", check: "shape", verdict: "pass", requests: 2 }),
      expect.objectContaining({ id: "shape-patchContact-200", check: "shape", verdict: "pass", requests: 1 }),
    ],
    assumptions: [
      expect.objectContaining({ id: "A-always-present", outcome: "confirmed", isPartial: true }),
      expect.objectContaining({ id: "A-extra-fields", outcome: "confirmed", isPartial: true }),
    ],
    differences: [],
    left: [],
    exchanges: [expect.anything(), expect.anything(), expect.anything()],
    tokens: ["canary-token-7f3a"],
    recording: { entries: 6, checked: 3, elsewhere: 1, unknown: 1, unanswered: 1, incomplete: 0, unreadable: 0 },
    source: { origin: "https://api.linqapp.com", date: "2025-12-05" },
  });
  expect(leftOut(report)).toBe(
    "Left out of 6 entries: 1 went elsewhere or were no HTTP, 1 asked for what the contract does not have, 1 had no whole answer.",
  );
  expect(leftOut(reportOf(chromiumEntry({ url: CHAT, body: chat })))).toBeUndefined();
});

test("what an answer contradicts is contradicted by the recording", () => {
  const missing = { data: { ...chat.data, display_name: undefined } };
  const limited = chromiumEntry({ url: CHAT, status: 429, body: { errors: [] } });
  const { assumptions } = reportOf(chromiumEntry({ url: CHAT, body: missing }), limited);
  expect(Object.fromEntries(assumptions.map(({ id, outcome }) => [id, outcome]))).toMatchObject({
    "A-always-present": "contradicted",
    "A-extra-fields": "confirmed",
    "A-retry-after": "contradicted",
  });
});

test.each([
  ["several servers", chromiumEntry({ url: CHAT.replace("api.", "staging."), body: chat })],
  ["a call of which nobody knows when", chromiumEntry({ url: CHAT, body: chat, entry: { startedDateTime: undefined } })],
])("whose answers they are is known of one server: %s", (what, entry) => {
  const others = what === "several servers" ? [chromiumEntry({ url: CHAT, body: chat })] : [];
  expect(reportOf(entry, ...others).source).toBeUndefined();
});

test("what is wrong is told as of a live server: what is added apart, and known by a fingerprint", () => {
  const body = { data: { ...chat.data, id: "46", vibe: "good" } };
  const report = reportOf(chromiumEntry({ url: CHAT, body }), chromiumEntry({ url: CHAT, status: 502, body: "<html>" }));
  expect(report.outcomes).toMatchObject([
    {
      id: "shape-getChat-200-/data/vibe:added",
      verdict: "added",
      fingerprint: expect.stringMatching(/^shape-getChat-200-\/data\/vibe:added#[\da-f]{8}$/),
    },
    { id: "shape-getChat-200-/data/id:type", verdict: "fail", reason: "/data/id must be an integer of at least 1" },
    { id: "shape-getChat-502-:status", verdict: "fail", reason: "the status must be one of 200, 401, 404" },
  ]);
  expect(exitCodeOf(report, { strict: false })).toBe(1);
  const added = reportOf(chromiumEntry({ url: CHAT, body: { data: { ...chat.data, vibe: "good" } } }));
  expect([exitCodeOf(added, { strict: false }), exitCodeOf(added, { strict: true })]).toEqual([0, 1]);
});

test("a body that is nested very deep is not judged, and a page that stands for one is wrong and no more", () => {
  const response = (text: string, mimeType: string) => ({ headers: [], content: { size: text.length, mimeType, text } });
  const deep = response(`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "application/json");
  expect(reportOf(chromiumEntry({ url: CHAT, response: deep })).outcomes).toMatchObject([
    { id: "shape-getChat-200", verdict: "inconclusive", reason: "a body is nested too deeply to be read" },
  ]);
  expect(() => JSON.stringify(reportOf(chromiumEntry({ url: CHAT, response: deep })))).not.toThrow();
  const page = response("<!DOCTYPE html>", "text/html");
  expect(reportOf(chromiumEntry({ url: CHAT, response: page })).outcomes).toMatchObject([
    { id: "shape-getChat-200-:content-type", reason: "the content type must be application/json" },
  ]);
});

test("a recording with nothing to check is no success", () => {
  const message = (...entries: readonly unknown[]): string => {
    try {
      reportOf(...entries);
    } catch (error) {
      expect(error).toBeInstanceOf(TargetError);
      return (error as Error).message;
    }
    throw new Error("it was checked");
  };
  expect(message()).toBe(
    "page.har has nothing to check: it has no entries; record calls below /api/partner/v2 or v3, with their bodies.",
  );
  const elsewhere = chromiumEntry({ url: "https://app.example.com/" });
  const dropped = chromiumEntry({ url: CHAT, response: { content: { size: 9, mimeType: "application/json" } } });
  expect(message(elsewhere, elsewhere, chromiumEntry({ url: CHAT, status: 0 }), dropped, null)).toBe(
    "page.har has nothing to check: of its entries, 2 went elsewhere or were no HTTP, 1 had no whole answer, 1 came without body or headers, 1 cannot be read; record calls below /api/partner/v2 or v3, with their bodies.",
  );
});
