import type { NextFunction, Request, Response } from "express";
import { lookup } from "mime-types";
import { MAX_FILE_BYTES } from "../../contracts/limits";
import type { StoredFile } from "../world/attachments";
import { readWholeBody } from "./base-app";
import { exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { readForm } from "./form";
import { sendControlError } from "./send";

const FIELD = "file";
/** What clients say when they do not know, or were not asked. */
const UNSAID = ["application/octet-stream", "application/x-www-form-urlencoded"];

/** Reads one file into `req.body`: the body itself, or the field `file` of a form. Undefined when there is none. */
export function readUpload(req: Request, res: Response, next: NextFunction): void {
  if (req.is("multipart/form-data")) return readFromForm(req, res, next);
  readWholeBody(req, MAX_FILE_BYTES).then((bytes) => {
    const { filename } = req.query;
    const type = req.headers["content-type"] ?? "";
    if (!bytes) return tooLarge(res, `The file is over the limit of ${MAX_FILE_BYTES / 1024 / 1024} MB`);
    if (bytes.length > 0 && typeof filename === "string" && filename !== "") req.body = named(filename, type, bytes);
    next();
  }, next);
}

function named(filename: string, type: string, bytes: Buffer): StoredFile {
  const isSaid = type !== "" && !UNSAID.includes(type);
  return { filename, mimeType: isSaid ? type : lookup(filename) || "application/octet-stream", bytes };
}

function readFromForm(req: Request, res: Response, next: NextFunction): void {
  const memory = exchangeOf(res).sandboxes?.memory;
  let underway = 0;
  const takeRoom = (bytes: number): boolean => {
    if (memory && !memory.takeUnderway(bytes)) return false;
    underway += bytes;
    return true;
  };
  readForm(req, { fileFields: [FIELD], takeRoom }, (form) => {
    memory?.releaseUnderway(underway);
    if (form instanceof Failure)
      return sendControlError(res, form.status, { code: "unreadable", message: form.detail, hint: form.hint });
    [req.body] = form.files;
    next();
  });
}

function tooLarge(res: Response, message: string): void {
  sendControlError(res, 413, { code: "too_large", message });
}
