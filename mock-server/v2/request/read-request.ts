import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import type { RawRequest, ReadRequest } from "../../server/api-version";
import { Failure } from "../../server/failure";
import { bodyChecker } from "./body";
import { queryReader } from "./query";

const PATH_ID = /^[1-9]\d{0,15}$/;
/** What a path id becomes that is no positive integer: nothing has it, so the operation answers its own 404. */
export const NO_ID = 0;
const NOTHING = {};

/** Makes the reader of an operation's requests. Everything that a schema can say about a request is checked here, in one place. */
export function requestReader(id: OperationId): (request: RawRequest) => ReadRequest | Failure {
  const { path, query, body } = operations[id];
  const hasIds = path.includes("{");
  const readQuery = Object.keys(query).length > 0 ? queryReader(id) : undefined;
  const checkBody = body ? bodyChecker(id) : undefined;
  return (request) => {
    const parameters = readQuery ? readQuery(request.query as Record<string, string | string[]>) : NOTHING;
    if (parameters instanceof Failure) return parameters;
    const refusal = checkBody?.(request);
    if (refusal) return refusal;
    return {
      path: hasIds ? readIds(request.params as Record<string, string>) : NOTHING,
      query: parameters,
      body: request.body,
    };
  };
}

/** Whether an id in the path is none. */
export function hasNoId(path: ReadRequest["path"]): boolean {
  for (const name in path) if (path[name] === NO_ID) return true;
  return false;
}

function readIds(params: Readonly<Record<string, string>>): Record<string, number> {
  const ids: Record<string, number> = {};
  for (const name in params) {
    const written = params[name] ?? "";
    const id = PATH_ID.test(written) ? Number(written) : NO_ID;
    ids[name] = Number.isSafeInteger(id) ? id : NO_ID;
  }
  return ids;
}
