import type { Response } from "express";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { exchangeOf } from "./exchange";
import { ATTACHMENTS_PATH } from "./paths";

/** The URL below which a sandbox's files can be had without a token, by the name under which the caller reached the mock. */
export function attachmentsUrl(res: Response, { name }: Sandbox): string {
  const { protocol, headers } = res.req;
  const base = `${protocol}://${headers.host ?? "localhost"}${exchangeOf(res).mountPath}`;
  return `${base}${name === DEFAULT_SANDBOX ? "" : `/s/${name}`}${ATTACHMENTS_PATH}`;
}
