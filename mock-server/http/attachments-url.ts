import type { Request } from "express";
import type { Sandbox } from "../state/sandbox";
import { DEFAULT_SANDBOX } from "../state/sandboxes";
import { ATTACHMENTS_PATH } from "./paths";

/** The URL below which a sandbox's files can be had without a token, by the name under which the caller reached the mock. */
export function attachmentsUrl({ protocol, headers }: Request, { name }: Sandbox): string {
  const origin = `${protocol}://${headers.host ?? "localhost"}`;
  return `${origin}${name === DEFAULT_SANDBOX ? "" : `/s/${name}`}${ATTACHMENTS_PATH}`;
}
