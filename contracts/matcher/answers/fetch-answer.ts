import { parseBody } from "../../exchange";
import type { AnswerReader } from "./answer";
import { readHeaders } from "./read-headers";

/** Answers of fetch. They tell no method, and are read from a clone, so that they can be read again. */
export const fetchAnswer: AnswerReader = (value) => {
  if (typeof value["clone"] !== "function" || typeof value["text"] !== "function") return undefined;
  const answer = value as unknown as Response;
  if (answer.bodyUsed) {
    throw new TypeError(
      "toSatisfyContract: the body of this Response was already read. Check it before reading it, " +
        "or give { method, url, status, headers, body }.",
    );
  }
  return read(answer);
};

async function read(answer: Response) {
  const { status, url, headers } = answer;
  const body = parseBody(await answer.clone().text());
  const given = readHeaders(headers);
  return {
    method: undefined,
    url: url === "" ? undefined : url,
    response: { status, ...(given && { headers: given }), body },
  };
}
