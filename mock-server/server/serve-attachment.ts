import type { Request, RequestHandler, Response } from "express";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import { exchangeOf } from "./exchange";
import { failure } from "./failure";
import { sendBytes, sendFailure } from "./send";

/** Serves uploaded files at the URLs of their attachments. As with the vendor's, no token is asked for. */
export function serveAttachment(sandboxes: Sandboxes): RequestHandler {
  return (req: Request, res: Response) => {
    const exchange = exchangeOf(res);
    exchange.isUnjournalled = true;
    const [, id = ""] = req.path.split("/");
    const file = sandboxes.get(exchange.sandboxName ?? DEFAULT_SANDBOX)?.world.files.get(id);
    if (file && (req.method === "GET" || req.method === "HEAD")) return sendBytes(res, file.mimeType, file.bytes);
    const hint = "Files are forgotten on a reset, with their message, and when a sandbox holds more than 64 MB of them.";
    sendFailure(res, failure(404, "There is no such file", { hint }));
  };
}
