import type { OperationId } from "../../contracts/generated/v2/operations";
import type { Failure } from "../server/failure";
import type { FaultRule } from "../world/model";
import type { OutgoingAnswer } from "./outgoing-answer";

/** What a fault decides; what it decides is done by others. */
export interface AnswerFault {
  /** What is answered in the place of what the operation would. */
  readonly refuse?: (rule: FaultRule, operation: OperationId) => Failure | undefined;
  /** What that looks like, when it is in no envelope of the vendor's. */
  readonly dress?: (answer: OutgoingAnswer, rule: FaultRule) => OutgoingAnswer;
  /** What becomes of an answer. `share`, from 0 up to 1, is where in a range it lies. */
  readonly spoil?: (answer: OutgoingAnswer, rule: FaultRule, share: number) => OutgoingAnswer;
  /** How old the world is that the operation sees, in milliseconds. */
  readonly age?: (rule: FaultRule) => number;
}
