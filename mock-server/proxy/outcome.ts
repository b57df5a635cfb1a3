import type { HttpAnswer } from "../../contracts/client/http-client";
import type { Failure } from "../server/failure";
import type { Asked } from "./asked";
import type { Finding } from "./checking/finding";

/** What became of a call. */
export type Outcome = Refusal | PassedOn;

/** The proxy's own answer. `asked` is missing when it was nothing of the API. */
export interface Refusal {
  readonly asked: Asked | undefined;
  readonly failure: Failure;
}

/** Somebody's answer, and what there is to say about it. */
export interface PassedOn {
  readonly asked: Asked;
  readonly by: "mock" | "target";
  readonly answer: HttpAnswer;
  readonly findings: readonly Finding[];
  readonly hint: string | undefined;
}
