import { thereAre } from "../../contracts/text-lists";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { withLoader } from "../../fixtures/load/load";
import { describeProblem, FixtureError, type FixtureProblem, howMany } from "../../fixtures/load/problem";
import type { LoadedFixtures } from "../../fixtures/load/read-document";
import type { LoadOptions } from "../../fixtures/resolve/resolve";
import { documentAsJson } from "../../fixtures/write/to-document";
import { magicServices } from "../world/magic-values";
import type { WorldRecords } from "../world/model";
import { recordsOf } from "../world/records-of";
import type { Sandbox } from "../world/sandbox";
import { createSeed, type Seed } from "../world/seed";
import type { WorldSettings } from "../world/settings";
import { World } from "../world/world";
import { type ControlCall, ControlPieces, ControlRefusal, refusal } from "./control-call";
import type { components } from "./generated/types";
import { withKnown, withoutKnownSecrets } from "./merge-records";
import { placed } from "./yaml-body";

/** Puts a fixture document in the place of the world. The old one stays when the document is invalid. */
export const loadFixtures: ControlCall<"loadFixtures"> = async ({ sandbox, sandboxes }, { body }) => {
  try {
    const now = sandbox.world.clock.now();
    const { records, warnings } = await readDocument(body, { now, services: magicServices });
    const known = [sandbox.world, knownOf(sandboxes.seed)];
    const seed = createSeed(withKnown(records, known), now);
    const problems = withoutKnownSecrets(warnings, records, { known, isOfExport: sandboxes.seed.idKey !== undefined }).map(
      problemView,
    );
    sandbox.load(seed);
    return { status: 200, body: { fixtures: countFixtures(seed), ...(problems.length > 0 && { problems }) } };
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    const [summary, hint] = ["The fixtures cannot be served", "The old world is still served."];
    return invalidDocument(placed(error, body), { code: "fixtures_invalid", summary, hint });
  }
};

function knownOf({ messages, contacts, subscriptions }: Seed) {
  return { messages: messages.records, contacts: contacts.records, subscriptions: subscriptions.records };
}

/** A body is a document, whatever it is: never the name of a file. */
async function readDocument(body: unknown, options: LoadOptions): Promise<LoadedFixtures> {
  const extendsOthers = typeof body === "object" && body !== null && "extends" in body;
  if (extendsOthers) return withLoader(body as FixtureDocument, (load) => load(options));
  return (await import("../../fixtures/load/read-document")).readFixtureDocument(body, options);
}

/** The world as a fixture document, as it is or as it began. */
export const state: ControlCall<"state"> = ({ sandbox: { world }, sandboxes }, { query }) =>
  new ControlPieces(documentAsJson(query.of === "seed" ? seedRecords(sandboxes.seed, world.settings) : recordsOf(world)));

/** What a reset goes back to: the world that it would make. */
function seedRecords(seed: Seed, settings: WorldSettings): WorldRecords {
  const world = new World(seed, settings);
  const records = recordsOf(world);
  world.clock.close();
  world.releaseMemory();
  return records;
}

export const listSnapshots: ControlCall<"listSnapshots"> = ({ sandbox }) => ({
  status: 200,
  body: { snapshots: sandbox.snapshots.names },
});

export const saveSnapshot: ControlCall<"saveSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.snapshots.save(path.name, sandbox.world)
    ? { status: 204, body: undefined }
    : refusal(409, "snapshot_limit", "There are 100 snapshots already", { hint: "Delete one." });

export const restoreSnapshot: ControlCall<"restoreSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.restoreSnapshot(path.name) ? { status: 204, body: undefined } : unknown(path.name, sandbox);

export const deleteSnapshot: ControlCall<"deleteSnapshot"> = ({ sandbox }, { path }) =>
  sandbox.snapshots.delete(path.name) ? { status: 204, body: undefined } : unknown(path.name, sandbox);

function unknown(name: string, sandbox: Sandbox) {
  const { names: known } = sandbox.snapshots;
  const others = thereAre(known);
  const hint = sandbox.snapshots.hasDropped(name) ? `It had to make room; --max-memory <MB> gives more. ${others}` : others;
  return refusal(404, "snapshot_unknown", `There is no snapshot ${name}`, { hint });
}

/** What is wrong with fixtures, or a part of them, that came in a request. */
export function invalidDocument(
  { problems: found }: FixtureError,
  { code, summary, hint }: { readonly code: string; readonly summary: string; readonly hint: string },
): ControlRefusal {
  const problems = found.map(problemView);
  const errors = found.filter(({ severity }) => severity === "error");
  const [first] = errors.map(problemView);
  const place = first?.line === undefined ? "" : ` (line ${first.line}, column ${first.column})`;
  const more = errors.length > 1 ? ` (and ${howMany(errors.slice(1))} more: see problems)` : "";
  return new ControlRefusal(422, {
    code,
    message: `${summary}: ${first?.message}${place}${more}`,
    pointer: first?.pointer,
    hint,
    problems,
  });
}

/** What is wrong with a fixture document that came in a request. */
function problemView(problem: FixtureProblem): components["schemas"]["Problem"] {
  const { severity, pointer, line, column } = problem;
  const place = line !== undefined && column !== undefined && { line, column };
  return { severity, pointer, message: describeProblem(problem), ...place };
}

/** What is wrong with fixture files. */
export function placedProblemView(problem: FixtureProblem): components["schemas"]["PlacedProblem"] {
  return { file: problem.file, ...problemView(problem) };
}

export function countWorld({ users, lines, contacts, chats, messages }: World): components["schemas"]["Counts"] {
  return { users: users.size, lines: lines.size, contacts: contacts.size, chats: chats.size, messages: messages.size };
}

export function countFixtures({ users, lines, contacts, chats, messages }: Seed): components["schemas"]["Counts"] {
  return {
    users: users.records.size,
    lines: lines.records.size,
    contacts: contacts.records.size,
    chats: chats.records.size,
    messages: messages.records.size,
  };
}
