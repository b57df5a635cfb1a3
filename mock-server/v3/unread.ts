import { isRecord } from "../../contracts/exchange";
import { bodyFields, type Fields, schemaFields } from "../../contracts/generated/v3/body-fields";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { nearest } from "../../contracts/spelling-suggestion";
import { meantBy, synonyms } from "../../contracts/synonyms";
import type { RawRequest } from "../server/api-operation";
import { UnreadNames, unreadHeader } from "../server/unread";
import { FIELD_WORDS } from "./meant";

const LOOKED_AT = 50;

/** What V2 and others call the parameters of V3. */
const PARAMETER_WORDS = synonyms({
  limit: "per_page page_size size count max max_results take top",
  cursor: "page offset skip after starting_after page_token next next_cursor",
  from: "line phone_number send_from from_number sender",
  to: "participant participants phone_numbers recipient recipients handle",
  phone_number: "line number from",
});

/** What a request has that is not read: parameters, fields wherever they stand, headers. What was `said` of names already is not said again. */
export function unreadOf(id: OperationId, { query, body, headers }: RawRequest, said: readonly string[]): string[] {
  const isSaid = (name: string): boolean => said.some((text) => text.split(/[^\w[\]-]+/).includes(name));
  const found = [
    unreadParameters(id, query as Readonly<Record<string, unknown>>, isSaid),
    unreadFields(id, body, isSaid),
    unreadHeader(headers, "V3", (header) => keyHint(id, header)),
  ];
  return found.filter((hint) => hint !== undefined);
}

type IsSaid = (name: string) => boolean;

function unreadParameters(id: OperationId, query: Readonly<Record<string, unknown>>, isSaid: IsSaid): string | undefined {
  const known: object = operations[id].query;
  let told: UnreadNames | undefined;
  let looked = 0;
  for (const name in query) {
    if (Object.hasOwn(known, name) || (name === "" && query[name] === "") || isSaid(name)) continue;
    told ??= new UnreadNames();
    looked += 1;
    const absent = Object.keys(known).filter((one) => query[one] === undefined);
    const meant = looked > LOOKED_AT ? undefined : (meantBy(name, PARAMETER_WORDS, absent) ?? nearest(name, absent));
    if (meant !== undefined) told.misspelt(name, meant);
    else if (placesOf(id).has(name)) told.misplaced(name, "the body");
    else told.unread(name);
  }
  return told?.text();
}

interface Stray {
  readonly name: string;
  /** The path of the object that it stands in; empty at the top. */
  readonly within: string;
  /** What may stand beside it, and does not. */
  readonly absent: readonly string[];
  readonly value: unknown;
}

/** One that is read elsewhere, or is nearly one that is read, was meant to be that. */
function unreadFields(id: OperationId, body: unknown, isSaid: IsSaid): string | undefined {
  const top = bodyFields[id];
  const found: Stray[] = [];
  if (top !== undefined) findStrays(body, top, "", found);
  const strays = found.filter(({ name }) => !isSaid(name));
  if (strays.length === 0) return undefined;
  const told = new UnreadNames();
  for (const [i, stray] of strays.entries()) {
    const { name, within, absent, value } = stray;
    const path = within === "" ? name : `${within}.${name}`;
    const place = placesOf(id).get(name);
    const unwrapped = isRecord(value) && within === "" ? absent.filter((one) => Object.hasOwn(value, one)) : [];
    const meant = i >= LOOKED_AT ? undefined : (meantBy(name, FIELD_WORDS, absent) ?? nearest(name, absent));
    if (place !== undefined && place !== within) told.misplaced(name, place);
    else if (unwrapped.length > 0) for (const one of unwrapped) told.misplaced(one, "");
    else if (meant !== undefined) told.misspelt(path, meant);
    else told.unread(path);
  }
  return told.text();
}

/** Finds the fields in a value that are not where they are known. What may hold anything is not looked into. */
function findStrays(value: unknown, fields: Fields, path: string, found: Stray[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, entry] of value.entries()) findStrays(entry, fields, `${path}[${i}]`, found);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const known = knownIn(object, fields);
  if (!known) return;
  let absent: readonly string[] | undefined; // most have no stray
  for (const name in object) {
    const inner = object[name];
    if (Object.hasOwn(known, name)) {
      findStrays(inner, known[name] ?? null, path === "" ? name : `${path}.${name}`, found);
      continue;
    }
    absent ??= Object.keys(known).filter((one) => !Object.hasOwn(object, one));
    found.push({ name, within: path, absent, value: inner });
  }
}

/** What an object may hold; undefined when that is anything, or nobody knows. */
function knownIn(value: Readonly<Record<string, unknown>>, fields: Fields): Readonly<Record<string, Fields>> | undefined {
  if (fields === null) return undefined;
  if (typeof fields === "string") return knownIn(value, schemaFields[fields] ?? null);
  if ("fields" in fields) return fields.fields;
  const kind = String(value[fields.by]);
  return Object.hasOwn(fields.of, kind) ? knownIn(value, fields.of[kind] ?? null) : undefined;
}

const places = new Map<OperationId, ReadonlyMap<string, string>>();

/** Where the fields of an operation's body are read that stand in one place of it alone, by their names; empty for the top level. */
function placesOf(id: OperationId): ReadonlyMap<string, string> {
  const known = places.get(id);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  const enter = (fields: Fields, path: string): void => {
    if (fields === null) return;
    if (typeof fields === "string") return enter(schemaFields[fields] ?? null, path);
    if ("of" in fields) {
      for (const one of Object.values(fields.of)) enter(one, path);
      return;
    }
    for (const [name, inner] of Object.entries(fields.fields)) {
      found.set(name, (found.get(name) ?? new Set()).add(path));
      enter(inner, path === "" ? name : `${path}.${name}`);
    }
  };
  enter(bodyFields[id] ?? null, "");
  const single = new Map([...found].flatMap(([name, [place = "", ...others]]) => (others.length === 0 ? [[name, place]] : [])));
  places.set(id, single);
  return single;
}

/** Where a key is read that came in a header. */
function keyHint(id: OperationId, header: string): string | undefined {
  const { headers, title } = operations[id];
  const [read] = headers;
  if (read === header) return undefined;
  if (read !== undefined) return `${header} is not read; did you mean ${read}?`;
  return placesOf(id).get("idempotency_key") === "message"
    ? `${header} is not read; the key of a message is the field idempotency_key inside of message.`
    : `${header} is not read: ${title} takes no key.`;
}
