import express, { type NextFunction, type Request, type Response } from "express";
import { parseYaml, YAML_LIMIT_MB } from "../../fixtures/load/parse-yaml";
import { FixtureError, type FixtureProblem } from "../../fixtures/load/problem";
import { sendControlError } from "./send";

const BODY_LIMIT = "100mb"; // a fixture document of 100,000 chats has 30 MB
const YAML_LIMIT = `${YAML_LIMIT_MB}mb`;
const YAML_TYPES = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

const parseJson = express.json({ limit: BODY_LIMIT, strict: false });
const readText = express.text({ limit: YAML_LIMIT, type: YAML_TYPES });

/** Parses JSON and, because fixtures may be written in it, YAML. */
export function parseControlBody(req: Request, res: Response, next: NextFunction): void {
  const isYaml = Boolean(req.is(YAML_TYPES));
  const parse = isYaml ? readText : parseJson;
  parse(req, res, (error?: unknown) => {
    if (error !== undefined) return refuse(res, error, isYaml ? YAML_LIMIT : BODY_LIMIT);
    if (!isYaml) return next();
    try {
      req.body = parseYaml("the document", String(req.body)).content;
    } catch (error) {
      return refuse(res, error, YAML_LIMIT);
    }
    next();
  });
}

function refuse(res: Response, error: unknown, limit: string): void {
  const { type, message } = error as { type?: string; message: string };
  if (type === "entity.too.large")
    return sendControlError(res, 413, { code: "too_large", message: `The request body is over the limit of ${limit}` });
  const [reason] = error instanceof FixtureError ? error.problems.map(inWords) : message.split("\n");
  sendControlError(res, 400, { code: "unreadable", message: `The request body cannot be read: ${reason}` });
}

function inWords({ reason, line, column }: FixtureProblem): string {
  return `${reason}, at line ${line}, column ${column}`;
}
