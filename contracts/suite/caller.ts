import { requireContract } from "../require-contract";
import type { Target } from "./target";

/** An answer with a body, whatever it is. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Headers and body, as they came. */
  readonly raw: string;
}

/** Sends requests, and checks every answer against the contract. */
export interface Caller {
  request(method: string, path: string, body?: object): Promise<Answer>;
  /** The body of an answer; throws when its status is another. */
  call<T>(status: number, method: string, path: string, body?: object): Promise<T>;
}

/** Who asks where; without a token, nobody. */
export type Access = Pick<Target, "baseUrl"> & { readonly token: string | undefined };

export function callerOf({ baseUrl, token }: Access): Caller {
  const request: Caller["request"] = async (method, path, body) => {
    const headers = {
      ...(token !== undefined && { "X-LINQ-INTEGRATION-TOKEN": token }),
      ...(body && { "Content-Type": "application/json" }),
    };
    const response = await fetch(`${baseUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    const answer = { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    requireContract(method, path, answer.status, answer.body);
    return { ...answer, raw: `${JSON.stringify([...response.headers])}\n${text}` };
  };
  return {
    request,
    call: async <T>(status: number, method: string, path: string, body?: object): Promise<T> => {
      const answer = await request(method, path, body);
      if (answer.status !== status)
        throw new Error(`${method} ${path} answered ${answer.status}, not ${status}: ${JSON.stringify(answer.body)}`);
      return answer.body as T;
    },
  };
}
