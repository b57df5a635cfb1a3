import { API_PREFIX } from "../client/address";
import { explainRefusal, isJsonType, TargetError } from "../client/errors";
import type { PhoneNumber } from "./api";
import { Inconclusive } from "./errors";
import type { Transport } from "./transport";

const PATH = "/phone_numbers";

/**
 * Finds out whether there is the API, and whether it accepts the token.
 *
 * @returns the lines of the account
 * @throws TargetError when it is something else, or turns us away
 */
export async function greet(transport: Transport, baseUrl: string): Promise<PhoneNumber[]> {
  const { response } = await transport.send({ method: "GET", path: PATH }).catch((error: unknown) => {
    if (!(error instanceof Inconclusive)) throw error;
    throw new TargetError(`${baseUrl} cannot be judged: ${error.message}; check the address, the server and the network.`);
  });
  const { status, body, headers } = response;
  const { "content-type": contentType, location } = headers;
  const url = new URL(`${baseUrl}${API_PREFIX}${PATH}`);
  if (status !== 200 || !isJsonType(contentType)) throw new TargetError(explainRefusal(url, { status, contentType, location }));
  if (typeof body !== "object")
    throw new TargetError(`${url.origin} answers ${url.pathname} with JSON that is cut off or broken.`);
  const lines = (body as { phone_numbers?: unknown } | null)?.phone_numbers;
  if (Array.isArray(lines)) return lines as PhoneNumber[];
  throw new TargetError(
    `${url.origin} answers ${url.pathname} without a list of phone numbers; check that it is the Linq Partner API V2.`,
  );
}
