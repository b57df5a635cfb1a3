import type { IncomingMessage, ServerOptions, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import { CONTRACT_LINES, contractWorld } from "../../fixtures/contract-world";
import { startMock } from "../../mock-server/server/start-mock-server";

/** A server that the suite asks. */
export interface Target {
  /** The API's paths are below it. */
  readonly url: string;
  readonly token: string;
  /** A line of the organization that the token belongs to. */
  readonly line: string;
  /** A line whose forwarding may be changed for a moment. */
  readonly spareLine: string;
  /** For a server that hands its requests on: they need not change their class on the way, which would slow down all that follows. */
  readonly classes: Pick<ServerOptions, "IncomingMessage" | "ServerResponse">;
  /** Answers a request that has come to another server of this process, as if it had come to this one. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Advances its clock. */
  advance(ms: number): Promise<unknown>;
  /** Takes it back to the beginning. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the mock. Only this file knows that there is one; the suite itself speaks HTTP. */
export async function startTarget(fixtures = contractWorld()): Promise<Target> {
  const { server, mock } = await startMock({ fixtures, tokens: ["suite"] });
  const { url, reset, stop } = server;
  return {
    url,
    token: "suite",
    ...CONTRACT_LINES,
    classes: {
      IncomingMessage: mock.app.request.constructor as typeof IncomingMessage,
      ServerResponse: mock.app.response.constructor as typeof ServerResponse,
    },
    answer: (request, response) => mock.app(request as Request, response as Response),
    advance: (await server.sandbox("default")).clock.advance,
    reset: reset.bind(server),
    stop: stop.bind(server),
  };
}
