import { API_PREFIX } from "../client/address";
import type { OperationId } from "../generated/v2/operations";
import { apiPathOf, matchOperation } from "../operations";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The operation that a method and a URL name. @throws TypeError when they name none */
export function operationOf(method: string, url: string | undefined): OperationId {
  if (url === undefined) {
    throw new TypeError(
      'toSatisfyContract: this answer has no URL. Name the operation, as in toSatisfyContract("findChat"), or give { method, url, status, body }.',
    );
  }
  const path = apiPathOf(url);
  if (path === undefined) {
    throw new TypeError(
      `toSatisfyContract: ${withoutQuery(url)} is no address of the API, whose paths are below ${API_PREFIX}. ` +
        'Name the operation, as in toSatisfyContract("findChat").',
    );
  }
  const operation = matchOperation(method.toUpperCase(), withoutQuery(path));
  if (operation) return operation;
  const others = METHODS.filter((other) => matchOperation(other, withoutQuery(path)));
  const hint = others.length > 0 ? `that path has ${others.join(", ")}` : "the contract has no such path";
  throw new TypeError(
    `toSatisfyContract: ${method.toUpperCase()} ${API_PREFIX}${withoutQuery(path)} is no operation; ${hint}.`,
  );
}

function withoutQuery(path: string): string {
  return path.split("?")[0] ?? "";
}
