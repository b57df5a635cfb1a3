import type { IncomingHttpHeaders } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../../contracts/exchange";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { nearest } from "../../../contracts/spelling-suggestion";
import { meantBy } from "../../../contracts/synonyms";
import { UnreadNames, unreadHeader } from "../../server/unread";
import { isListMisspelt, parametersOf } from "../request/read-request";
import { FIELD_WORDS, PARAMETER_WORDS } from "./foreign-words";
import { hints } from "./texts";

const LOOKED_AT = 50;

/** Parameters that the contract does not know are ignored, and named; one that is nearly a known one was meant to be it. */
export function unreadParameters(id: OperationId, query: Readonly<Record<string, unknown>>): string | undefined {
  const { names, lists } = parametersOf(id);
  let told: UnreadNames | undefined;
  let looked = 0;
  for (const name in query) {
    if (names.includes(name) || isListMisspelt(name, lists) || (name === "" && query[name] === "")) continue;
    told ??= new UnreadNames();
    looked += 1;
    const absent = names.filter((known) => query[known] === undefined);
    const meant = looked > LOOKED_AT ? undefined : (meantBy(name, PARAMETER_WORDS, absent) ?? nearest(name, absent));
    if (meant !== undefined) told.misspelt(name, meant);
    else if (Object.hasOwn(operations[id].bodyFields, name)) told.misplaced(name, "the body");
    else told.unread(name);
  }
  return told?.text();
}

/** Fields that the contract does not know are tolerated, and named; one that stands elsewhere, or is nearly a known one, was meant to be it. */
export function unreadFields(id: OperationId, body: unknown, answered?: unknown): string | undefined {
  const parents: Readonly<Record<string, string>> = operations[id].bodyFields;
  const unknown = isRecord(body) ? strayFields(body, parents) : [];
  if (unknown.length === 0) return undefined;
  const saysAgain = putBack(body, answered);
  const strays = unknown.filter(({ name }) => !saysAgain(name));
  if (strays.length === 0) return undefined;
  const absent = Object.keys(parents).filter((known) => !isGiven(body as object, known, parents[known] ?? ""));
  const told = new UnreadNames();
  const isLike = new Map<string, string>(); // fields at the top that were meant to be others
  const holders = new Set(
    strays.filter(({ name, within }) => within !== "" && parents[name] === "").map(({ within }) => within),
  );
  for (const { name, within } of strays.slice(0, LOOKED_AT)) {
    const isWrapper = within === "" && holders.has(name);
    const meant =
      Object.hasOwn(parents, name) || isWrapper ? undefined : (meantBy(name, FIELD_WORDS, absent) ?? nearest(name, absent));
    if (meant === undefined || isLike.has(within)) continue;
    told.misspelt(name, meant);
    isLike.set(within === "" ? name : `${within}.${name}`, meant);
  }
  const misplaced = strays.filter(({ name, within }) => absent.includes(name) && !isLike.has(within));
  const wrappers = new Set(misplaced.map(({ within }) => within));
  for (const { name } of misplaced) told.misplaced(name, parents[name] ?? "");
  for (const { name, within } of strays) {
    const path = within === "" ? name : `${within}.${name}`;
    const isTold =
      absent.includes(name) || isLike.has(path) || (within === "" ? wrappers.has(name) : !isIn(parents, within, ""));
    if (!isTold) told.unread(path);
  }
  return told.text();
}

/** A contact that was read and is put back says again what is so anyway. Tells of a field whether it does. */
function putBack(body: unknown, answered: unknown): (name: string) => boolean {
  const { contact: sent } = (body ?? {}) as { contact?: Readonly<Record<string, unknown>> };
  const { data: shown } = (answered ?? {}) as { data?: Readonly<Record<string, unknown>> };
  if (!isRecord(sent) || !isRecord(shown) || sent["id"] !== shown["id"]) return () => false;
  return (name) => name === "updated_at" || (Object.hasOwn(shown, name) && isDeepStrictEqual(sent[name], shown[name]));
}

interface Stray {
  readonly name: string;
  /** The field that it stands in; empty at the top. */
  readonly within: string;
}

/** The fields of an object, and then of the objects right in it, that are not where they are known. */
function strayFields(body: object, parents: Readonly<Record<string, string>>): Stray[] {
  const outer: Stray[] = [];
  const inner: Stray[] = [];
  for (const [parent, value] of Object.entries(body)) {
    if (!isIn(parents, parent, "")) outer.push({ name: parent, within: "" });
    if (isRecord(value))
      for (const name of Object.keys(value)) if (!isIn(parents, name, parent)) inner.push({ name, within: parent });
  }
  return [...outer, ...inner];
}

function isIn(parents: Readonly<Record<string, string>>, name: string, parent: string): boolean {
  return Object.hasOwn(parents, name) && parents[name] === parent;
}

function isGiven(body: object, name: string, parent: string): boolean {
  const place: unknown = parent === "" ? body : (body as Record<string, unknown>)[parent];
  return isRecord(place) && Object.hasOwn(place, name);
}

/** Documented to mean something. */
const NULL_MEANS_SOMETHING = ["forwarding_number"];

/** Where V2 knows no null, by operation: the field, the one that it stands in, if any, and its path. */
const NO_NULLS = new Map<OperationId, { readonly name: string; readonly parent: string; readonly path: string }[]>();
for (const [id, { bodyFields }] of Object.entries(operations)) {
  const fields = Object.entries<string>(bodyFields).filter(([name]) => !NULL_MEANS_SOMETHING.includes(name));
  const placed = fields.map(([name, parent]) => ({ name, parent, path: parent === "" ? name : `${parent}.${name}` }));
  NO_NULLS.set(id as OperationId, placed);
}

/** Fields that were sent as null though V2 knows no null there. */
export function nullFields(id: OperationId, body: unknown, answered: unknown): string | undefined {
  const nulls = NO_NULLS.get(id)?.filter(({ name, parent }) => {
    const place: unknown = parent === "" ? body : isRecord(body) && (body as Record<string, unknown>)[parent];
    return isRecord(place) && Object.hasOwn(place, name) && (place as Record<string, unknown>)[name] === null;
  });
  if (!nulls || nulls.length === 0) return undefined;
  const saysAgain = putBack(body, answered);
  const found = nulls.filter(({ name }) => !saysAgain(name)).map(({ path }) => path);
  return found.length === 0 ? undefined : hints.nullGiven(found);
}

export function unreadHeaders(id: OperationId, headers: IncomingHttpHeaders): string | undefined {
  return unreadHeader(headers, "V2", (header) =>
    "idempotency_key" in operations[id].bodyFields
      ? `${header} is not read; the key of a message is the field idempotency_key inside of message.`
      : `${header} is not read; V2 knows keys of messages alone.`,
  );
}
