import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { startMockServer } from "../../mock-server/index";

/** A server that the suite asks. */
export interface Target {
  /** Below it are the paths of the contract. */
  readonly baseUrl: string;
  readonly token: string;
  /** A token that belongs to nobody. */
  readonly wrongToken: string;
  /** A line of the organization that the token belongs to. */
  readonly line: string;
  /** A line whose forwarding may be changed for a moment. */
  readonly spareLine: string;
  stop(): Promise<void>;
}

const SEED = join(__dirname, "../../fixtures/seeds/default.yaml");
const LINE = "+12052761148";
const PEN_PAL = "+12055550190";
/** More than the longest page. */
const MANY = 110;

/** Starts the mock. Only this file knows that there is one; the suite itself speaks HTTP. */
export async function startTarget(): Promise<Target> {
  const mock = await startMockServer({ fixtures: world(), tokens: ["suite"] });
  return {
    baseUrl: `${mock.url}/api/partner/v2`,
    token: "suite",
    wrongToken: "nobody's",
    line: LINE,
    spareLine: "+13125550150",
    stop: () => mock.stop(),
  };
}

/** The shipped world, and what it lacks: lists of several long pages, messages sent at the same time, and reactions. */
function world(): FixtureDocument {
  const shipped = parse(readFileSync(SEED, "utf8")) as FixtureDocument; // starting the mock validates it
  const numbers = Array.from({ length: MANY }, (_, i) => i);
  const messages = numbers.map((i) => ({
    from: i % 3 === 0 ? LINE : PEN_PAL,
    text: `Message ${i}`,
    sent_at: `2025-11-02T0${5 + (i % 2)}:${String(10 + Math.floor(i / 8)).padStart(2, "0")}:00.000Z`,
    is_read: i % 4 !== 0,
    reactions: i % 30 === 0 ? [{ from: PEN_PAL, type: "love" as const }] : [],
  }));
  messages.sort((a, b) => a.sent_at.localeCompare(b.sent_at));
  return {
    ...shipped,
    contacts: [...(shipped.contacts ?? []), ...numbers.map((i) => ({ first_name: "Reader", last_name: String(i) }))],
    chats: [...(shipped.chats ?? []), { line: LINE, participants: [PEN_PAL], messages }],
  };
}
