import { startMockServer } from "../../mock-server/index";

/** A server that the suite asks. */
export interface Target {
  /** Below it are the paths of the contract. */
  readonly baseUrl: string;
  readonly token: string;
  /** A line of the organization that the token belongs to. */
  readonly line: string;
  stop(): Promise<void>;
}

/** Starts the mock with the shipped world. Only this file knows that there is one; the suite itself speaks HTTP. */
export async function startTarget(): Promise<Target> {
  const mock = await startMockServer();
  return { baseUrl: `${mock.url}/api/partner/v2`, token: "suite", line: "+12052761148", stop: () => mock.stop() };
}
