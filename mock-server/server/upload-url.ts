import type { Request, RequestHandler, Response } from "express";
import { takeUpload, type UploadProblem, uploadProblem } from "../world/announced-files";
import { DEFAULT_SANDBOX, type Sandboxes } from "../world/sandboxes";
import { readWholeBody } from "./base-app";
import { exchangeOf } from "./exchange";
import { httpHints } from "./http-hints";
import { send, sendControlError } from "./send";

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

const REFUSED: Readonly<Record<UploadProblem, Refused>> = {
  unknown: { status: 404, code: "file_unknown", message: "No such file was announced", hint: httpHints.fileGone },
  again: { status: 409, code: "already_uploaded", message: "The file was uploaded already", hint: "Announce another one." },
  late: {
    status: 403,
    code: "expired",
    message: "The URL has expired",
    hint: "A file is uploaded within 15 minutes after it was announced.",
  },
  "other-type": {
    status: 415,
    code: "content_type",
    message: "The file is of another type than was announced",
    hint: "Send all of required_headers.",
  },
  "other-size": { status: 400, code: "size", message: "The file has another size than was announced" },
};

/** Takes a file that was announced, at its upload URL: whoever knows that needs no token. */
export function takeUploads(sandboxes: Sandboxes): RequestHandler {
  return async (req: Request, res: Response) => {
    if (req.method !== "PUT") {
      res.setHeader("Allow", "PUT");
      return sendControlError(res, 405, { code: "method", message: "Files are sent here by PUT" });
    }
    const sandbox = sandboxes.get(exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX);
    const [, id = ""] = req.path.split("/");
    const { "content-type": mimeType = "", "content-length": length } = req.headers;
    const size = length === undefined ? undefined : Number(length);
    const room = sandbox?.world.announcedFiles.get(id)?.fileSize ?? 0;
    const problem = sandbox ? uploadProblem(sandbox.world, id, { mimeType, size }) : "unknown";
    if (!sandbox || problem) return refuse(res, problem ?? "unknown");
    if (!sandboxes.memory.takeUnderway(room)) {
      const message = "There is no room for the file";
      return sendControlError(res, 413, { code: "no_room", message, hint: httpHints.noRoomForFiles });
    }
    const bytes = await readWholeBody(req, room)
      .catch(() => undefined)
      .finally(() => sandboxes.memory.releaseUnderway(room)); // whoever keeps it takes it anew
    const late = bytes ? takeUpload(sandbox.world, id, { mimeType, bytes }) : "other-size";
    return late ? refuse(res, late) : send(res, 200, undefined);
  };
}

function refuse(res: Response, problem: UploadProblem): void {
  const { status, ...error } = REFUSED[problem];
  sendControlError(res, status, error);
}
