import type { NextFunction, Request, Response } from "express";
import express from "express";
import { exchangeOf } from "./exchange";

const BODY_LIMIT = "1mb"; // A-body-limit

/** A body that could not be read as JSON; `cause` is what the parser threw. */
export class UnreadableBody extends Error {
  constructor(cause: unknown) {
    super("the request body cannot be read", { cause });
    this.name = "UnreadableBody";
  }
}

const parseJson = express.json({
  limit: BODY_LIMIT,
  strict: false,
  verify: (_req, res, body) => {
    exchangeOf(res as Response).bodyBytes = body.length;
  },
});

/** Parses JSON bodies. What it throws is told apart from what an operation throws. */
export function parseBody(req: Request, res: Response, next: NextFunction): void {
  parseJson(req, res, (error?: unknown) => (error === undefined ? next() : next(new UnreadableBody(error))));
}
