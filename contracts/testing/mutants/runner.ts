import { laws } from "../../suite/checks/index";
import type { Law } from "../../suite/law";
import type { CheckOutcome } from "../../suite/report";
import { runContract } from "../../suite/run";
import { startTarget, type Target } from "../start-mock";
import type { Mutant } from "./mutant";
import { MutantServer } from "./mutant-server";
import { allMutants } from "./tables/index";

/** For how long an event is waited for that a mutant has lost. */
const EVENT_TIMEOUT_MS = 500;

/** What the suite has said of a mutant, or of the mock itself. */
export interface MutantResult {
  /** Undefined for the mock itself. */
  readonly mutant: Mutant | undefined;
  /** The check that names the mutant first of all, as it should; else everything that was said instead. */
  readonly verdict: string;
}

/** Our mock, and a server in front of it that is one mutant after the other. */
export class MutantRunner {
  readonly #target: Target;
  readonly #server: MutantServer;

  private constructor(target: Target, server: MutantServer) {
    this.#target = target;
    this.#server = server;
  }

  static async start(): Promise<MutantRunner> {
    const target = await startTarget();
    return new MutantRunner(target, await new MutantServer(target).start());
  }

  /** Asks a mutant, or the mock itself. @throws the error that the mutant itself has thrown */
  async run(mutant: Mutant | undefined, seed: number, asked: readonly Law[] = laws): Promise<MutantResult> {
    await this.#target.reset();
    this.#server.become(mutant);
    const { token, line, spareLine } = this.#target;
    const options = {
      target: this.#server.url,
      token,
      line,
      spareLine,
      isOwnMock: true,
      eventTimeoutMs: EVENT_TIMEOUT_MS,
      seed,
    };
    const { outcomes } = await runContract(options, asked, {}).finally(() => this.#server.verify());
    return { mutant, verdict: verdictOn(mutant, outcomes) };
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#target.stop();
  }
}

function verdictOn(mutant: Mutant | undefined, outcomes: readonly CheckOutcome[]): string {
  const failed = outcomes.filter(({ verdict }) => verdict === "fail"); // those of shapes first, then the laws by their numbers
  if (mutant && failed[0] && isAbout(failed[0], mutant)) return mutant.caughtBy;
  const undecided = outcomes.filter(({ verdict }) => verdict !== "fail" && verdict !== "pass");
  const said = [...failed, ...undecided].map(({ id, verdict, reason }) => `${id}: ${verdict}: ${reason}`);
  return said.length === 0 ? "nothing" : said.join("\n");
}

function isAbout({ id }: CheckOutcome, { caughtBy }: Mutant): boolean {
  if (!id.startsWith(caughtBy)) return false;
  const rest = id.slice(caughtBy.length);
  return rest === "" || (caughtBy.startsWith("shape-") && /^[-:/]/.test(rest));
}

export interface MutationOptions {
  /** Default: all that there are. */
  readonly mutants?: readonly Mutant[];
  /** Which laws a mutant is asked. Default: every law, as the mock itself is. */
  readonly lawsFor?: (mutant: Mutant) => readonly Law[];
  /** The seeds of runs of the mock itself. */
  readonly seeds: readonly number[];
}

export interface MutationReport {
  readonly results: readonly MutantResult[];
  /** One for each seed. */
  readonly ofMock: readonly MutantResult[];
  /** For people: `81 of 81 mutants caught, 0 false alarms in 20 runs`. */
  readonly score: string;
}

/** Finds out what the suite is worth: it asks our mock, and then one mutant after the other. */
export async function runMutants({
  mutants = allMutants,
  lawsFor = () => laws,
  seeds,
}: MutationOptions): Promise<MutationReport> {
  const runner = await MutantRunner.start();
  try {
    const ofMock: MutantResult[] = [];
    for (const seed of seeds) ofMock.push(await runner.run(undefined, seed));
    const results: MutantResult[] = [];
    for (const mutant of mutants) results.push(await runner.run(mutant, 1, lawsFor(mutant)));
    return { results, ofMock, score: scoreOf(results, ofMock) };
  } finally {
    await runner.stop();
  }
}

function scoreOf(results: readonly MutantResult[], ofMock: readonly MutantResult[]): string {
  const caught = results.filter(({ mutant, verdict }) => verdict === mutant?.caughtBy).length;
  const alarms = ofMock.filter(({ verdict }) => verdict !== "nothing").length;
  return `${caught} of ${results.length} mutants caught, ${alarms} false alarms in ${ofMock.length} runs`;
}
