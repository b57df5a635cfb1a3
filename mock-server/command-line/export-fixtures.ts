import { partsOf } from "../../fixtures/format-document";
import type { LongDocument } from "../../fixtures/long-form";
import { TestSandbox } from "../test-sandbox";
import { CommandError } from "./command-error";
import { checkOutput, writeDocument } from "./write-document";

export interface ExportFlags {
  readonly url: string;
  readonly sandbox: string;
  readonly out?: string;
  readonly controlToken?: string;
}

/** Writes the world of a running mock as a fixture, which loads again to an equal world. */
export async function exportFixtures({ url, sandbox, out, controlToken }: ExportFlags): Promise<void> {
  checkOutput(out);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new CommandError("--url is where the mock is, such as http://localhost:4010");
  }
  const document = await readState(new TestSandbox(url.replace(/\/+$/, ""), sandbox, controlToken));
  await writeDocument(partsOf(document), out);
}

async function readState(sandbox: TestSandbox): Promise<LongDocument> {
  try {
    return await sandbox.state();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
