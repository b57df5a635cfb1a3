import { laws } from "../../suite/checks/index";
import type { Law } from "../../suite/law";
import { runContract } from "../../suite/run";
import { startTarget, type Target } from "../start-mock";
import type { Fault } from "./fault";
import { FaultyServer } from "./faulty-server";
import { type Finding, findingOf } from "./finding";

/** For how long an event is waited for that a fault has lost. */
const PATIENCE_MS = 500;

/** Our mock, and a server in front of it that has one fault after the other. */
export class Bench {
  readonly #target: Target;
  readonly #server: FaultyServer;

  private constructor(target: Target, server: FaultyServer) {
    this.#target = target;
    this.#server = server;
  }

  static async start(): Promise<Bench> {
    const target = await startTarget();
    return new Bench(target, await new FaultyServer(target).start());
  }

  /** Asks a server with this fault, or with none. @throws the error that the fault itself has stumbled over */
  async run(fault: Fault | undefined, seed: number, asked: readonly Law[] = laws): Promise<Finding> {
    await this.#target.reset();
    this.#server.become(fault);
    const { token, line, spareLine } = this.#target;
    const options = { target: this.#server.url, token, line, spareLine, isOwnMock: true, patienceMs: PATIENCE_MS, seed };
    const running = runContract(options, asked, {}).finally(() => this.#server.verify());
    return findingOf(fault, await running);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#target.stop();
  }
}
