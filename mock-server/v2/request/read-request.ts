import type { Request } from "express";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { nearest } from "../../../contracts/nearest";
import type { Failure } from "../errors";
import { hints } from "../hints";
import type { Notes } from "../operation";
import { bodyReader } from "./body";
import { combineNotes, type QueryValue, queryReader } from "./query";

/** A request in the shape that the contract demands, and what there is to say about it. */
interface ReadRequest {
  readonly path: Readonly<Record<string, number>>;
  readonly query: Readonly<Record<string, QueryValue>>;
  readonly body: unknown;
  readonly notes: Notes;
}

const NOTHING: ReadRequest = { path: {}, query: {}, body: undefined, notes: {} };

/** Makes the reader of an operation's requests. Everything that a schema can say about a request is checked here, in one place. */
export function requestReader(id: OperationId): (req: Request) => ReadRequest | Failure {
  const { path, query, body } = operations[id];
  const hasIds = path.includes("{");
  const readQuery = Object.keys(query).length > 0 ? queryReader(id) : undefined;
  const readBody = body ? bodyReader(id) : undefined;
  return (req) => {
    const ids = hasIds ? readPathIds(req.params as Record<string, string>) : NOTHING;
    const parameters = readQuery ? readQuery(req.query as Record<string, string | string[]>) : NOTHING;
    if ("detail" in parameters) return parameters;
    const checked = readBody ? readBody(req) : NOTHING;
    if ("detail" in checked) return checked;
    return {
      path: ids.path,
      query: parameters.query,
      body: req.body,
      notes: combineNotes(ids.notes, combineNotes(parameters.notes, checked.notes)),
    };
  };
}

const PATH_ID = /^[1-9]\d{0,15}$/;
const NOTHING_READ = /^(undefined|null|NaN|None|nil|\[object Object\]|:\w+|\{.*\}|<.*>)$/;

/** The ids in a path. One that is no positive integer becomes 0, which nothing has, so the operation answers its own 404. */
function readPathIds(params: Readonly<Record<string, string>>): { path: Record<string, number>; notes: Notes } {
  const path: Record<string, number> = {};
  let notes: Notes = {};
  for (const [name, written] of Object.entries(params)) {
    const id = PATH_ID.test(written) ? Number(written) : 0;
    path[name] = Number.isSafeInteger(id) ? id : 0;
    if (path[name] === 0) notes = { hint: hintFor(name, written), assuming: ["A-id-malformed"] };
  }
  return { path, notes };
}

function hintFor(name: string, written: string): string {
  if (NOTHING_READ.test(written)) return name === "chat_id" ? hints.chatIdNotRead : hints.idNotRead;
  return nearest(written, ["find"]) === undefined ? hints.idMalformed : hints.findMisspelt;
}
