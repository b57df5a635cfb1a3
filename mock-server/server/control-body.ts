import express, { type NextFunction, type Request, type Response } from "express";
import { isTooDeep } from "../../contracts/exchange";
import { YAML_LIMIT_MB } from "../../fixtures/load/fixture-files";
import { FixtureError, type FixtureProblem } from "../../fixtures/load/problem";
import { contentOf } from "../control/yaml-body";
import { wordsHint } from "./control-hints";
import { httpHints } from "./http-hints";
import { isSingleQuoted } from "./json-text";
import { sendControlError } from "./send";

const BODY_LIMIT = "100mb"; // a fixture document of 100,000 chats has 30 MB
const YAML_LIMIT = `${YAML_LIMIT_MB}mb`;
const YAML_TYPES = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

const parseJson = express.json({
  limit: BODY_LIMIT,
  strict: false,
  verify: (_req, _res, bytes) => {
    if (isTooDeep(bytes)) throw new SyntaxError("it is nested too deeply");
  },
});

const readText = express.text({ limit: YAML_LIMIT, type: YAML_TYPES });

/** Parses JSON and, because fixtures may be written in it, YAML. */
export function parseControlBody(req: Request, res: Response, next: NextFunction): void {
  const isYaml = Boolean(req.is(YAML_TYPES));
  const parse = isYaml ? readText : parseJson;
  const limits = { limit: isYaml ? YAML_LIMIT : BODY_LIMIT, hint: wordsHint(req) };
  parse(req, res, (error?: unknown) => {
    if (error !== undefined) return void explainJson(error).then((reason) => refuse(res, error, { reason, ...limits }));
    if (!isYaml) return next();
    parseYamlBody(req).then(
      () => next(),
      (error: unknown) => refuse(res, error, limits),
    );
  });
}

async function parseYamlBody(req: Request): Promise<void> {
  const { parseYaml } = await import("../../fixtures/load/parse-yaml");
  req.body = contentOf(parseYaml("the document", String(req.body)));
}

/** Where JSON is broken, in the words of fixture files; undefined for another error. */
async function explainJson(error: unknown): Promise<string | undefined> {
  const { type, body } = error as { type?: string; body?: unknown };
  if (type !== "entity.parse.failed" || typeof body !== "string") return undefined;
  const { parseJson } = await import("../../fixtures/load/parse-json");
  try {
    parseJson("the document", body, Buffer.from(body));
  } catch (broken) {
    if (broken instanceof FixtureError) return broken.problems.map(inWords)[0];
  }
  return undefined;
}

interface Refusal {
  readonly limit: string;
  readonly hint: string | undefined;
  /** Better than the error's own. */
  readonly reason?: string | undefined;
}

function refuse(res: Response, error: unknown, { limit, hint: ofWords, reason: better }: Refusal): void {
  const { type, message, body = "" } = error as { type?: string; message: string; body?: string };
  if (type === "entity.too.large")
    return sendControlError(res, 413, { code: "too_large", message: `The request body is over the limit of ${limit}` });
  const [said] = error instanceof FixtureError ? error.problems.map(inWords) : message.split("\n");
  const reason = better ?? said;
  const hint = isSingleQuoted(error, body) ? httpHints.jsonSingleQuoted : ofWords;
  sendControlError(res, 400, { code: "unreadable", message: `The request body cannot be read: ${reason}`, hint });
}

function inWords({ reason, line, column }: FixtureProblem): string {
  return `${reason}, at line ${line}, column ${column}`;
}
