import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { OriginPolicy } from "./access";
import { isForeignPage } from "./access";
import { exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { CONTROL_PREFIX } from "./paths";
import { recordAnswer } from "./record-answer";
import { REQUEST_ID_HEADER, sendControlError, sendFailure } from "./send";

/** The page may load and ask what is of this server alone, and run nothing that stands in a message. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  txt: "text/plain; charset=utf-8",
};
/** The name of such a file changes with what is in it. */
const HASHED = /-[A-Z\d]{8}\.(js|css)$/;

/** Serves the inbox: a page, its script and its style. They hold nothing of the world, so that they need no token. */
export function pageRouter(allows: OriginPolicy): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use((req, res, next) => {
    if (!isForeignPage(req, allows) || isNavigation(req)) return next();
    sendControlError(res, 403, { code: "foreign_page", message: `${CONTROL_PREFIX}/ui is for no page of another site` });
  });
  router.get("/", (req, res) => {
    if (req.originalUrl.split("?")[0]?.endsWith("/")) sendFile(res, "index.html");
    else lead(res, pagePath(res)); // what the page names beside itself stands below the slash
  });
  router.get("/:name", (req, res) => sendFile(res, req.params.name));
  return router;
}

/** Leads a browser from the root to the page; programs get what they always got. */
export const leadBrowserToPage: RequestHandler = (req, res, next) => {
  if (req.path !== "/" || !req.headers.accept?.includes("text/html")) return next();
  lead(res, pagePath(res));
};

/** Where the page of the sandbox in the base URL is. */
function pagePath(res: Response): string {
  const { mountPath, sandboxName } = exchangeOf(res);
  return `${mountPath}${sandboxName === undefined ? "" : `/s/${sandboxName}`}${CONTROL_PREFIX}/ui/`;
}

function lead(res: Response, location: string): void {
  res.writeHead(302, { Location: location, "Cache-Control": "no-store", "Content-Length": 0 });
  res.end();
  recordAnswer(exchangeOf(res), res.req, { status: 302 });
}

/** Somebody follows a link to the page, or opens it; no other page has it in itself. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}

interface PageFile {
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

const read = new Map<string, PageFile>();

function sendFile(res: Response, name: string): void {
  const file = readPageFile(name);
  if (!file) return sendFailure(res, new Failure(404, "The page has no such file", { hint: "npm run build makes the page." }));
  const isGzipTaken = /\bgzip\b/.test(String(res.req.headers["accept-encoding"] ?? ""));
  const bytes = isGzipTaken ? file.gzipped : file.bytes;
  res.writeHead(200, {
    [REQUEST_ID_HEADER]: exchangeOf(res).requestId,
    "Content-Type": TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    "Content-Length": bytes.length,
    ...(isGzipTaken && { "Content-Encoding": "gzip" }),
    Vary: "Accept-Encoding",
    "Cache-Control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
  res.end(res.req.method === "HEAD" ? undefined : bytes);
  recordAnswer(exchangeOf(res), res.req, { status: 200 });
}

/** Reads a file of the built page, once. Only names that are there lead to one. */
function readPageFile(name: string): PageFile | undefined {
  const known = read.get(name);
  if (known) return known;
  const folder = [join(__dirname, "ui"), join(__dirname, "../../dist/ui")].find((one) => existsSync(join(one, "index.html")));
  if (folder === undefined || !readdirSync(folder).includes(name)) return undefined;
  const bytes = readFileSync(join(folder, name));
  const file = { bytes, gzipped: gzipSync(bytes) };
  if (HASHED.test(name)) read.set(name, file); // the page itself may be built anew
  return file;
}
