import { kindOfFault } from "../../fixtures/faults/fault-kinds";
import type { Failure } from "../server/failure";
import type { World } from "../world/world";
import type { AnswerFault } from "./answer-fault";
import { answerFaults } from "./answers/index";
import type { Call } from "./call";
import { describeRules } from "./describe-rules";
import { meansCall } from "./means-call";
import type { OutgoingAnswer } from "./outgoing-answer";
import { peopleOfCall } from "./people-of-call";
import { type Strike, strike } from "./strike";

/** What goes wrong with the answer to one call. */
export interface Disturbance {
  /** The rules that act, as people read them. */
  readonly faults: string;
  /** What is answered in the place of what the operation would. */
  readonly refusal: Failure | undefined;
  /** Whether the operation takes effect. */
  readonly isPerformed: boolean;
  /** How old the world is that the operation sees, in milliseconds. */
  readonly age: number;
  spoil(answer: OutgoingAnswer): OutgoingAnswer;
}

/** What goes wrong with the answer to a call, if anything does. Of several refusals, that of the first rule counts. */
export function disturbanceOf(world: World, call: Call): Disturbance | undefined {
  let people: ReadonlySet<string> | undefined; // bodies may be large, and rules many
  const peopleOf = (): ReadonlySet<string> => {
    people ??= peopleOfCall(world, call);
    return people;
  };
  const strikes = world.faults.answers
    .filter(({ rule }) => meansCall(rule, call, peopleOf))
    .flatMap((fault) => strike(fault, world.settings.randomSeed ?? "") ?? []);
  if (strikes.length === 0) return undefined;
  const refusals = strikes.flatMap(({ rule }) => {
    const failure = faultOf(rule).refuse?.(rule, call.operation);
    return failure ? [{ rule, failure }] : [];
  });
  const [first] = refusals;
  return {
    faults: describeRules(strikes.map(({ rule }) => rule)),
    refusal: first?.failure,
    isPerformed: refusals.every(({ rule }) => rule.performed ?? kindOfFault(rule.fault).performed),
    age: Math.max(...strikes.map(({ rule }) => faultOf(rule).age?.(rule) ?? 0)),
    spoil: (answer) => strikes.reduce(spoilt, first ? dressed(answer, first) : answer),
  };
}

function dressed(answer: OutgoingAnswer, { rule }: Pick<Strike, "rule">): OutgoingAnswer {
  return faultOf(rule).dress?.(answer, rule) ?? answer;
}

function spoilt(answer: OutgoingAnswer, { rule, share }: Strike): OutgoingAnswer {
  return faultOf(rule).spoil?.(answer, rule, share) ?? answer;
}

function faultOf({ fault }: Strike["rule"]): AnswerFault {
  return answerFaults[fault as keyof typeof answerFaults]; // only those befall answers
}
