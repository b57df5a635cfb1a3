import type { ClientTime } from "../client/pace";
import { type Kind, kindOf } from "../client/request-kinds";
import type { AssumptionId, OperationId } from "../generated/v2/operations";
import type { Random } from "../random";
import type { Api } from "./api";
import type { Receiver } from "./receiver";
import type { Sample } from "./server-sample";

/** What must hold on any correct server, beyond the shape of its answers. */
export interface Law {
  readonly number: number;
  /** As a sentence that holds: `find does not depend on the order of the participants`. */
  readonly title: string;
  /** As a sentence for when it does not: `find depends on the order of the participants`. */
  readonly broken: string;
  /** The operation that it is about. The law is asked when what this does is allowed. */
  readonly operation: OperationId;
  /** The clause of the contract that it follows from: a JSON pointer into the document. */
  readonly clause: string;
  /** Assumptions that it rests on. When there are some, a live server that breaks the law contradicts them, and breaks no promise. */
  readonly assumptions?: readonly AssumptionId[];
  /** Assumptions that single steps of the law rest on; it stops at one that does not hold, and contradicts that. */
  readonly stepAssumptions?: readonly AssumptionId[];
  /** Assumptions that it does not rest on, and that explain why it does not hold on a server that contradicts them. */
  readonly explainedBy?: readonly AssumptionId[];
  /** How much harm its breach does, whatever else is wrong: 2, secrets are shown; 1, no token is needed. Default: 0. */
  readonly harm?: number;
  /** Whether messages can reach other people than were meant where the law does not hold, as it is about which chat is given for some people. */
  readonly canMisdeliver?: true;
  /** Whether it asks of each list, so that it is about the operation whose answer shows that it does not hold. */
  readonly isAboutEachList?: true;
  /** Whether the law is about what is delivered to subscriptions. */
  readonly isAboutDeliveries?: true;
  /** Whether the law is about paging: what is on which page of a list. */
  readonly isAboutPaging?: true;
  /** At most so many requests, those for what the sample reads left out. */
  readonly requests: number;
  /** Whether it may be asked once only, whatever comes of it: a server might lock us out. */
  readonly once?: boolean;
  /** Whether it is asked before others, because what it asks for may be asked again after a while only. */
  readonly isFirst?: true;
  /** Whether a law that writes makes all that it is about anew, so that it can be asked again when it has failed. */
  readonly isRepeatable?: true;
  /** @throws Broken, Skip */
  check(context: LawContext): Promise<void>;
}

/** What a law may use. */
export interface LawContext {
  readonly api: Api;
  /** The same calls, which go out whatever was read before. */
  readonly freshApi: Api;
  /** An own line, in E.164. */
  readonly line: string;
  /** What there is on the server, read once. */
  readonly sample: Sample;
  readonly random: Random;
  /** Whether nobody else uses the server, so that its limits may be tried. */
  readonly isOwnMock: boolean;
  /** What it waits by. */
  readonly time: ClientTime;
  /** What the run may do. */
  readonly kinds: ReadonlySet<Kind>;
  /** Who may be written to, in E.164: the only numbers that a body may name, beside own lines. */
  readonly people: readonly string[];
  /** A word that nothing else has, of letters alone, since digits could be taken for a number. It marks what this run makes. */
  unique(): string;
  /** A line whose forwarding may be changed for a moment. */
  readonly spareLine: string | undefined;
  /** Has something looked at when all else was asked: what is found then counts as if the law had found it at once. */
  later(look: () => Promise<void>): void;
  /** Waits until availability may be checked again; on a mock of our own, whose clock is another, not at all. */
  untilNextCheck(): Promise<void>;
  /** Something that takes webhooks, started when it is needed for the first time. @throws Skip when the target cannot reach it */
  receiver(): Promise<Receiver>;
}

/** What an outcome says of its law, whatever came of it. */
export function aboutLaw({
  number,
  title,
  operation,
  clause,
  assumptions = [],
  explainedBy,
  harm,
  canMisdeliver,
  isAboutDeliveries,
}: Law) {
  return {
    id: `law-${number}`,
    check: "law",
    law: number,
    title,
    operation,
    kind: kindOf[operation],
    clause,
    assumptions,
    ...(explainedBy && { explainedBy }),
    ...(harm !== undefined && { harm }),
    ...(canMisdeliver && { canMisdeliver }),
    ...(isAboutDeliveries && { isAboutDeliveries }),
  } as const;
}
