import { CONTRACT_LINES, contractWorld } from "../../fixtures/contract-world";
import { startMockServer } from "../../mock-server/index";

/** A server that the suite asks. */
export interface Target {
  /** The API's paths are below it. */
  readonly url: string;
  readonly token: string;
  /** A line of the organization that the token belongs to. */
  readonly line: string;
  /** A line whose forwarding may be changed for a moment. */
  readonly spareLine: string;
  /** Takes it back to the beginning. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the mock. Only this file knows that there is one; the suite itself speaks HTTP. */
export async function startTarget(): Promise<Target> {
  const mock = await startMockServer({ fixtures: contractWorld(), tokens: ["suite"] });
  return { url: mock.url, token: "suite", ...CONTRACT_LINES, reset: () => mock.reset(), stop: () => mock.stop() };
}
