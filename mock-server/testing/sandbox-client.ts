import { requireContract } from "../../contracts/require-contract";
import type { TestSandbox } from "../test-sandbox";

/** Calls the vendor's API in a sandbox of a running mock. Fails the test on a refusal, and on an answer that breaks the contract. */
export function sandboxClient(box: TestSandbox) {
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  return async (method: string, path: string, body?: object): Promise<any> => {
    const response = await fetch(`${box.url}/api/partner/v2${path}`, {
      method,
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === "" ? undefined : JSON.parse(text);
    requireContract(method, path, response.status, answer);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return answer;
  };
}
