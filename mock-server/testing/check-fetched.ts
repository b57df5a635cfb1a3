import { requireControlContract } from "./control-contract";

/** For all tests of a file: `fetch` rejects on every answer of `/__mock` that is not as the control API's document says. */
export function checkFetchedControlAnswers(): void {
  const { fetch } = globalThis;
  beforeAll(() => {
    globalThis.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (!response.headers.has("x-request-id")) return response; // a stream, or not ours
      const text = await response.clone().text();
      if (pathname.includes("/__mock/"))
        requireControlContract(init?.method ?? "GET", pathname, response.status, text === "" ? undefined : JSON.parse(text));
      return response;
    };
  });
  afterAll(() => {
    globalThis.fetch = fetch;
  });
}
