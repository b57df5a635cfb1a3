import { kindOf } from "../../client/request-kinds";
import { serverTime } from "../../client/testing/server-time";
import type { OperationId } from "../../generated/v2/operations";
import type { AssumptionTests } from "../../suite/assumptions/index";
import { laws } from "../../suite/checks/index";
import type { Law } from "../../suite/law";
import type { ContractOptions } from "../../suite/options";
import type { CheckOutcome, ContractReport } from "../../suite/report";
import { runContract } from "../../suite/run";
import { startTarget, type Target } from "../start-mock";
import type { Alteration, Mutant } from "./mutant";
import { MutantServer } from "./mutant-server";
import { allMutants } from "./tables/index";

/** For how long an event is waited for that a mutant has lost. */
const EVENT_TIMEOUT_MS = 500;

const SHARED = {
  allow: ["write", "visible", "send"],
  recipients: ["+19075550101", "+19075550102", "+19075550103"],
} as const;

/** What the suite has said of a mutant, or of the mock itself. */
export interface MutantResult {
  /** Undefined for the mock itself. */
  readonly mutant: Mutant | undefined;
  /** The check that names the mutant first of all, as it should; else everything that was said instead. */
  readonly verdict: string;
}

export interface RunOptions {
  readonly seed?: number;
  /** Default: all laws. */
  readonly asked?: readonly Law[];
  /** Default: all, as of a mock of our own. */
  readonly demands?: ContractOptions["demands"];
  /** Whether it is taken for a server that others use, too. */
  readonly isShared?: boolean;
  /** Default: nothing. */
  readonly probed?: Partial<AssumptionTests>;
}

/** Our mock, and a server in front of it that is one mutant after the other. */
export class MutantRunner {
  readonly #target: Target;
  readonly #server: MutantServer;

  private constructor(target: Target, server: MutantServer) {
    this.#target = target;
    this.#server = server;
  }

  /** `fixtures` is what the mock holds. Default: the world of the contract. */
  static async start(fixtures?: Parameters<typeof startTarget>[0]): Promise<MutantRunner> {
    const target = await startTarget(fixtures);
    return new MutantRunner(target, await new MutantServer(target).start());
  }

  /** Asks a mutant, or the mock itself. @throws the error that the mutant itself has thrown */
  async run(mutant: Mutant | undefined, seed: number, asked: readonly Law[] = laws): Promise<MutantResult> {
    const { outcomes } = await this.report(mutant ? [mutant] : [], { seed, asked });
    return { mutant, verdict: verdictOn(mutant, outcomes) };
  }

  /**
   * What is found of a server that differs in some ways from the mock, the first of them next to it.
   *
   * @throws the error that one of them has thrown
   */
  async report(
    layers: readonly Alteration[],
    { seed = 1, asked = laws, demands, probed = {}, isShared = false }: RunOptions = {},
  ): Promise<ContractReport> {
    await this.#target.reset();
    this.#server.become(...layers);
    const { token, line, spareLine } = this.#target;
    const options = {
      target: this.#server.url,
      token,
      line,
      spareLine,
      isOwnMock: !isShared,
      eventTimeoutMs: EVENT_TIMEOUT_MS,
      seed,
      demands,
      ...(!layers.some((layer) => layer.send) && { connect: () => this.#server }), // what it does to a connection needs one
      ...(isShared && { ...SHARED, time: serverTime(this.#target.advance) }),
    };
    return runContract(options, asked, probed).finally(() => this.#server.verify());
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

export function isAbout({ id }: Pick<CheckOutcome, "id">, { caughtBy }: Pick<Mutant, "caughtBy">): boolean {
  if (!id.startsWith(caughtBy)) return false;
  const rest = id.slice(caughtBy.length);
  return rest === "" || (caughtBy.startsWith("shape-") && /^[-:/]/.test(rest));
}

export const isReading = ({ operation }: Law): boolean => kindOf[operation] === "read";

/** What is asked of a mutant: where reading shows it, the laws that read, which takes a third of the time. */
export function lawsFor({ caughtBy, elsewhere = caughtBy }: Mutant): readonly Law[] {
  if (elsewhere !== caughtBy) return laws;
  const [check, name = ""] = caughtBy.split("-");
  const law = laws.find(({ number }) => check === "law" && number === Number(name));
  const isSeenByReading = law ? isReading(law) : kindOf[name as OperationId] === "read";
  return isSeenByReading ? laws.filter(isReading) : laws;
}

/** The laws that a mutant is named by, or that are about what its shape is of: most are told by these alone, in a fraction of the time. */
export function lawsAbout({ caughtBy, elsewhere = caughtBy }: Mutant): readonly Law[] {
  const about = [caughtBy, elsewhere].map((check) => check.split("-"));
  return laws.filter((law) =>
    about.some(([kind, name]) => {
      if (kind === "law") return law.number === Number(name);
      return name === "event" ? law.isAboutDeliveries : law.operation === name;
    }),
  );
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
