import type { Request } from "express";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import type { Failure } from "../v2/errors";
import type { Notes } from "../v2/operation";
import { combineNotes } from "./combine-notes";
import { bodyReader } from "./read-body";
import { readPathIds } from "./read-path-ids";
import { type QueryValue, queryReader } from "./read-query";

/** A request in the shape that the contract demands, and what there is to say about it. */
export interface ReadRequest {
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
