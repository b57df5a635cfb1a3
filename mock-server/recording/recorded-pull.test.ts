import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pullFixture, pullRecording } from "../../fixtures/pull/pull";
import { mappingOf } from "../../fixtures/pull/testing/mapping";
import type { LongDocument } from "../../fixtures/write/to-document";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { openProxy } from "../testing/open-proxy";
import { Recorder } from "./recorder";

// Asserted here, too: A-list-order.

/* A pull is recorded, and its recording pulled. */

const TOKEN = "the-zarq-token";
const CLOCK = "2026-01-15T12:00:00.000-06:00";
const REPLACED = new Set(["text", "url", "filename", "image_url", "webhook_url"]);

let folder: string;
let mock: MockServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-recorded-pull-"));
  mock = await startMockServer({ clock: CLOCK });
});
afterAll(async () => {
  await mock.stop();
  rmSync(folder, { recursive: true });
});

/** A document with the people of another, by what stands for whom; of texts and addresses, only that they are there. */
function translate(value: unknown, mapping: (original: string) => string, key = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => translate(entry, mapping));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, translate(entry, mapping, name)]));
  }
  if (typeof value !== "string") return value;
  return REPLACED.has(key) ? value !== "" : mapping(value);
}

test("the recording of a pull gives the same fixture as the pull, but for how people are called", async () => {
  const file = join(folder, "pull.har");
  const recorder = new Recorder(file, { creatorVersion: "0.0.0" });
  const proxy = await openProxy({ target: mock.url, onExchange: (exchange) => recorder.record(exchange) });
  const direct = await pullFixture({ target: proxy.url, token: TOKEN, out: join(folder, "direct.json"), rate: 10_000 });
  await proxy.stop();
  recorder.close();

  const lines = await linesIn(file);
  const { document, report } = await pullRecording({ text: readFileSync(file, "utf8"), name: "pull.har", lines });
  expect(translate(document, (text) => text)).toEqual(translate(direct.document, mappingOf(direct.document, document)));
  expect(document.chats?.length).toBeGreaterThan(5);
  expect(report).toMatchObject({ missing: [], read: direct.report.read, requests: direct.report.requests });
  expect(report.problem).toBeUndefined();
  await serves(document);
});

/** The lines as they are called in a recording, which says so when none is chosen. */
async function linesIn(file: string): Promise<string[]> {
  const error: unknown = await pullRecording({ text: readFileSync(file, "utf8"), name: "pull.har" }).catch((reason) => reason);
  expect(String(error)).toContain("pull.har knows 3 lines; choose with --line, which may be repeated: +1");
  return String(error).match(/\+\d+/g) ?? [];
}

async function serves(fixtures: LongDocument): Promise<void> {
  const copy = await startMockServer({ clock: CLOCK, fixtures });
  const [line] = fixtures.lines ?? [];
  const asked = `/api/partner/v2/chats?phone_number=${encodeURIComponent(line?.phone_number ?? "")}`;
  const answer = await fetch(`${copy.url}${asked}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
  await copy.stop();
  expect(await answer.json()).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ id: 46 })]) });
}
