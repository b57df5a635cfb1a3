import { partsOf } from "../../fixtures/write/format-document";
import type { LongDocument } from "../../fixtures/write/to-document";
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
  const [, server = "", named] = /^(.*?)(?:\/s\/([\w-]+))?\/*$/.exec(url) ?? []; // the URL of a sandbox names it
  const name = named ?? sandbox;
  await checkSandbox(server, name, controlToken);
  const document = await readState(new TestSandbox(server, name, controlToken));
  await writeDocument(partsOf(document), out);
}

/** Asking a sandbox that is not there would open it. */
async function checkSandbox(server: string, name: string, controlToken: string | undefined): Promise<void> {
  const headers = controlToken === undefined ? {} : { Authorization: `Bearer ${controlToken}` };
  const response = await fetch(`${server}/__mock/sandboxes`, { headers }).catch(() => undefined);
  if (!response?.ok) return; // whoever reads the state says why
  const { sandboxes } = (await response.json()) as { sandboxes: readonly { name: string }[] };
  const names = sandboxes.map((sandbox) => sandbox.name);
  if (!names.includes(name)) throw new CommandError(`there is no sandbox ${name}; there are ${names.join(", ")}`);
}

async function readState(sandbox: TestSandbox): Promise<LongDocument> {
  try {
    return await sandbox.state();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
