import { startMockServer } from "../../server/start-mock-server";

const TOKEN = "contract";

/** Does something with a mock of its own, and stops it. */
export async function withOwnMock<T>(
  use: (mock: { target: string; token: string; line: string; spareLine: string }) => Promise<T>,
): Promise<T> {
  const { CONTRACT_LINES, contractWorld } = await import("../../../fixtures/contract-world");
  const mock = await startMockServer({ fixtures: contractWorld(), tokens: [TOKEN] });
  try {
    return await use({ target: mock.url, token: TOKEN, ...CONTRACT_LINES });
  } finally {
    await mock.stop();
  }
}
