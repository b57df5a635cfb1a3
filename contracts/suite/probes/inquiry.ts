import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../../client/target-error";
import { Inconclusive } from "../judging/signals";
import type { Law } from "../law";
import type { Outcome } from "../outcome";
import type { RecordedExchange } from "../recorded-exchange";
import type { Session } from "../session";
import { byLaws } from "./by-laws";
import { type Finding, findingOf } from "./finding-of";
import type { Basis, LookBack, Probe, ProbeContext } from "./probe";

/** What a run has done so far. */
export interface RunSoFar {
  readonly asked: readonly Law[];
  readonly outcomes: readonly Outcome[];
  /** Every exchange, those to come included. */
  readonly exchanges: readonly RecordedExchange[];
  /** Told how many assumptions are done. */
  onProgress(done: number): void;
}

interface Done {
  readonly result: Promise<unknown>;
  readonly exchanges: readonly RecordedExchange[];
}

/** Asks the probes of a run, one after the other. It remembers what several of them look at. */
export class Inquiry {
  readonly #session: Session;
  readonly #run: RunSoFar;
  readonly #done = new Map<unknown, Done>();
  /** Why nothing more is asked. */
  #end: string | undefined;

  constructor(session: Session, run: RunSoFar) {
    this.#session = session;
    this.#run = run;
  }

  /** @throws TargetError when the run was stopped, and for no other reason */
  async find(basis: Basis): Promise<Finding> {
    if ("untried" in basis) return notTried(basis.untried);
    if ("laws" in basis) return byLaws(basis.laws, this.#run.asked, this.#run.outcomes);
    if ("lookBack" in basis) return this.#lookBack(basis);
    if (!this.#session.kinds.has(basis.kind)) {
      return notTried(`it needs --allow ${basis.kind === "write" ? "writes" : basis.kind}`);
    }
    return this.#end === undefined ? this.#ask(basis) : notTried(this.#end);
  }

  #lookBack(basis: LookBack): Finding {
    try {
      return { outcome: "confirmed", detail: basis.lookBack(this.#run.exchanges), exchanges: [] };
    } catch (error) {
      return findingOf(error);
    }
  }

  async #ask({ probe }: Probe): Promise<Finding> {
    const asked = new Set<RecordedExchange>();
    const stop = this.#session.transport.listen((exchange) => asked.add(exchange));
    try {
      const detail = await probe(this.#context(asked));
      return { outcome: "confirmed", detail, exchanges: [...asked] };
    } catch (error) {
      this.#endFor(error, [...asked].at(-1));
      const { exchanges, ...found } = findingOf(error);
      return { ...found, exchanges: [...asked, ...exchanges] };
    } finally {
      stop();
    }
  }

  #context(asked: Set<RecordedExchange>): ProbeContext {
    const { exchanges: seen } = this.#run;
    const known = this.#session.context(false);
    const context: ProbeContext = {
      ...known,
      seen,
      ask: async (...question) => {
        const before = seen.findLast((exchange) => isOf(exchange, question));
        if (before) asked.add(before);
        return before ?? known.api.request(...question);
      },
      once: async <T>(work: (context: ProbeContext) => Promise<T>): Promise<T> => {
        const done = this.#done.get(work);
        const before = seen.length;
        const result = done ? (done.result as Promise<T>) : work(context);
        await result.catch(() => undefined);
        const { exchanges } = done ?? this.#remember(work, { result, exchanges: seen.slice(before) });
        for (const exchange of exchanges) asked.add(exchange);
        return result;
      },
    };
    return context;
  }

  #remember(work: unknown, done: Done): Done {
    this.#done.set(work, done);
    return done;
  }

  /** A server that does not answer, or that wants to be left alone, is. */
  #endFor(error: unknown, last: RecordedExchange | undefined): void {
    if (error instanceof TargetError) {
      if (this.#session.options.signal?.aborted) throw error;
      this.#end = error.message;
    }
    if (error instanceof Inconclusive && last?.response.status === 429) this.#end = error.message;
  }
}

function isOf({ token, request }: RecordedExchange, [method, path, body]: Parameters<ProbeContext["ask"]>): boolean {
  return token === "own" && request.method === method && request.path === path && isDeepStrictEqual(request.body, body);
}

function notTried(detail: string): Finding {
  return { outcome: "not tried", detail, exchanges: [] };
}
