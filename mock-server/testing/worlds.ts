import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { FileVault } from "../world/attachments";
import { Memory } from "../world/memory-limits";
import type { WorldSettings } from "../world/settings";

export const LINE = "+12052761148";
export const OTHER_LINE = "+15559876543";
export const ANN = "+12055550101";
export const BEN = "+12055550102";
export const CAY = "+12055550103";
export const DEE = "dee@example.com";
export const STRANGER = "+12055550199";

/** Two lines; Ann alone, Ann and Ben, Ann, Ben and Cay, and Dee on the first, Ann on the second. */
export const smallWorld: FixtureDocument = {
  version: 1,
  users: [{ name: "Ada", email: "ada@example.com" }],
  lines: [{ phone_number: LINE }, { phone_number: OTHER_LINE }],
  contacts: [
    { first_name: "Ann", last_name: "Archer", phone_number: ANN },
    { first_name: "Dee", email: "Dee@Example.com" },
  ],
  availability: { [BEN]: "RCS", [CAY]: "SMS" },
  chats: [
    { line: LINE, participants: [ANN], messages: [{ from: ANN, text: "Hello" }] },
    { line: LINE, participants: [ANN, BEN] },
    { line: LINE, participants: [ANN, BEN, CAY], display_name: "The three" },
    { line: LINE, participants: [DEE] },
    { line: OTHER_LINE, participants: [ANN] },
  ],
};

const memory = new Memory(100 * 1024 * 1024);

/** A world whose clock stands still at the beginning of time, and in which nothing goes wrong. */
export const stillSettings: WorldSettings = {
  clock: { mode: "frozen", instant: 0 },
  randomSeed: undefined,
  traceKey: "test",
  idKey: "default",
  rateLimits: true,
  vendorSandbox: false,
  isolateVersions: false,
  webhookHosts: [],
  webhookOrder: "as-sent",
  reachable: false,
  webhooks: [],
  memory,
  vault: new FileVault(memory),
  address: { url: "http://localhost" },
  pagination: "refuse",
  faults: [],
};
