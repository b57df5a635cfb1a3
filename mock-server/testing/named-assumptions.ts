import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const ASSUMPTION_HEADER = "x-linq-mock-assumption";

/**
 * Fails the running test when it looks at what rests on an assumption that its file does not name, be it in the title of a test or in a
 * comment; what the requests of a helper rest on that several files share, the helper names for all. What is done without a look at the answer is set-up, and needs no names.
 */
export function requireNamed(what: string, ids: readonly string[]): void {
  const unnamed = ids.filter((id) => !namedHere().has(id));
  if (unnamed.length > 0) throw new Error(`${what} rests on ${unnamed.join(", ")}; name it in this file`);
}

/**
 * An answer, or the body of one: whoever reads one of these fields looks at what the mock's header names. Whether an answer is `ok`, its other
 * headers and its hints say nothing of that, and are read freely.
 */
export function watched<A extends object>(answer: A, fields: readonly (keyof A)[], what: string, header: unknown): A {
  const ids = typeof header === "string" ? header.split(", ") : [];
  for (const field of ids.length > 0 ? fields : []) {
    const value = answer[field];
    const get = (): typeof value => {
      requireNamed(`The answer to ${what.slice(0, 100)}`, ids);
      return value;
    };
    Object.defineProperty(answer, field, { get, enumerable: true });
  }
  return answer;
}

/** For helpers of tests, which watch what they hand out. */
export const fetchUnwatched = globalThis.fetch;

const LOOKED_AT = ["status", "body", "json", "text", "arrayBuffer", "blob", "formData", "bytes"] as (keyof Response)[];

/** In every test file, for Jest loads this one before it. A clone is not watched: the contract's matcher reads one, and who passes an answer on. */
async function watchedFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetchUnwatched(input, init);
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  return watched(response, LOOKED_AT, `${init?.method ?? "GET"} ${pathname}`, response.headers.get(ASSUMPTION_HEADER));
}

if ("fetch" in globalThis) globalThis.fetch = watchedFetch; // jsdom has none

/** What an event rests on beyond the documented. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a test's receiver was sent
export function assumptionsOfEvent({ api_version, event_type: type, data }: any): string[] {
  if (api_version === "v3") {
    return [
      ...["A-v3-timestamps", "A-v3-webhook-key-order"],
      ...(type === "chat.created" ? ["A-v3-display-name", "A-v3-event-order", "A-v3-handles-order"] : []),
      ...(String(type).startsWith("call.") ? ["A-v3-event-unknown"] : []),
    ];
  }
  return [
    ...(String(type).startsWith("participant.") ? ["A-event-participant", "A-event-times"] : []),
    ...(data?.replied_to_chat_message_id === undefined ? [] : ["A-replied-to"]),
    ...(type === "call.completed" && !data.recording_data?.transcribed ? ["A-call-fields"] : []),
  ];
}

let named: ReadonlySet<string> | undefined;

/** A test file has modules of its own, so this is read once for each. */
function namedHere(): ReadonlySet<string> {
  const path = expect.getState().testPath ?? "";
  named ??= new Set(namedIn(readFileSync(path, "utf8"), dirname(path)));
  return named;
}

/** What a test file names, and what the helpers that it imports say their set-up rests on. */
function namedIn(text: string, folder: string): string[] {
  const helpers = [...text.matchAll(/ from "(\.[^"]*\/testing\/[^".]+)"/g)].map(([, path]) => join(folder, `${path}.ts`));
  const ofSetUp = helpers.flatMap((path) => readFileSync(path, "utf8").match(/Set-up rests on [^.]*\./g) ?? []);
  return [text, ...ofSetUp].flatMap((one) => one.match(/\bA-[a-z0-9-]+/g) ?? []);
}
