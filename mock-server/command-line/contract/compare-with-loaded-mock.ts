import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as ContractKit from "../../../contracts/suite/contract-kit";
import type { ContractOptions } from "../../../contracts/suite/options";
import type { ContractReport, Difference } from "../../../contracts/suite/report";
import { pullFixture } from "../../../fixtures/pull/pull";
import { startMockServer } from "../../server/start-mock-server";

const TOKEN = "contract";

/** Reads the account from the target, as it is, into a mock of its own, and compares the two. Nothing of it is kept. */
export async function compareWithLoadedMock(
  kit: typeof ContractKit,
  report: ContractReport,
  { target, token, rate, signal }: ContractOptions,
): Promise<Difference[]> {
  if (report.line === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-contract-"));
  try {
    const { document } = await pullFixture({
      target,
      token,
      out: join(folder, "account.json"),
      anonymize: false,
      ...(rate !== undefined && { rate }),
      ...(signal && { signal }),
    });
    const mock = await startMockServer({ fixtures: document, tokens: [TOKEN] });
    return await kit.compareWithMock(report, { target: mock.url, token: TOKEN }).finally(() => mock.stop());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
