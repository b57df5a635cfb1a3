import { STATUS_CODES } from "node:http";
import { type AnswerFaultKind, kindOfFault } from "../../fixtures/resolve/fault-kinds";
import type { FaultRule } from "../world/model";
import type { World } from "../world/world";
import { describeRules, type FaultedCall, matchesCall, milliseconds, trigger } from "./matching";

const RETRY_AFTER_S = 10;

/** An answer on its way out, as faults may change it. */
export interface OutgoingAnswer {
  readonly status: number;
  /** Without `Content-Length`, which follows from the body. */
  readonly headers: Readonly<Record<string, string | number>>;
  /** The body; empty when there is none. */
  readonly payload: string;
  /** How late it comes, in milliseconds of the sandbox's clock. */
  readonly delayMs: number;
  /** Over how long the body is spread, in milliseconds of the sandbox's clock. */
  readonly dripMs: number;
  /** Where the connection ends too early, if it does. */
  readonly breaksOff: "never" | "before-headers" | "after-headers" | "within-body";
}

/** What is answered in the place of what the operation would; the API's version puts it into its words and its envelope. */
export interface FaultRefusal {
  readonly status: number;
  /** Undefined for what the vendor says with this status. */
  readonly detail?: string | undefined;
  /** Which of the vendor's reasons for the status it is, where the version has codes for them. */
  readonly code?: number | undefined;
  /** Seconds that the header Retry-After of a 429 says. */
  readonly retryAfterS: number;
  /** `gateway` when the vendor's server has not answered at all. */
  readonly by: "vendor" | "gateway";
}

/** What a fault decides; others do it. */
interface AnswerFault {
  readonly refuse?: (rule: FaultRule) => FaultRefusal | undefined;
  /** What a refusal looks like that is in no envelope of the vendor's. */
  readonly changeRefusal?: (answer: OutgoingAnswer, rule: FaultRule) => OutgoingAnswer;
  /** What becomes of any answer. `share`, from 0 up to 1, is where in a range it lies. */
  readonly change?: (answer: OutgoingAnswer, rule: FaultRule, share: number) => OutgoingAnswer;
  /** How old the world is that the operation sees, in milliseconds. */
  readonly age?: (rule: FaultRule) => number;
}

/** The faults of answers, by their names in a rule. */
const answerFaults: Readonly<Record<AnswerFaultKind, AnswerFault>> = {
  status: {
    refuse: ({ status = 500, code, detail }) => refusal(status, { detail, code }),
  },
  "rate-limit": {
    refuse: ({ retry_after: retryAfterS }) => refusal(429, { retryAfterS }),
  },
  "expired-token": {
    refuse: () => refusal(401),
  },
  latency: {
    change: (answer, rule, share) => ({ ...answer, delayMs: answer.delayMs + milliseconds(rule, share) }),
  },
  drip: {
    change: (answer, rule) => ({ ...answer, dripMs: answer.dripMs + milliseconds(rule, 0) }),
  },
  "reset-before-headers": {
    refuse: ({ performed = true }) => (performed ? undefined : refusal(503, { detail: "The call was lost" })),
    change: (answer) => ({ ...answer, breaksOff: "before-headers" }),
  },
  "reset-after-headers": {
    change: (answer) => ({ ...answer, breaksOff: "after-headers" }),
  },
  "truncated-body": {
    change: (answer) => ({ ...answer, breaksOff: "within-body" }),
  },
  "invalid-json": {
    // what is left of JSON without its last half is none; of what is too short to halve, neither
    change: (answer) => ({ ...answer, payload: `${answer.payload.slice(0, Math.ceil(answer.payload.length / 2))}{` }),
  },
  "empty-body": {
    change: (answer) => ({ ...answer, payload: "" }),
  },
  "wrong-content-type": {
    change: (answer, { content_type: type = "text/html" }) => typed(answer, type),
  },
  "html-error-page": {
    refuse: ({ status = 502, performed }) =>
      refusal(status, { detail: performed ? "The gateway heard of no answer" : "The gateway reached nobody", by: "gateway" }),
    changeRefusal: (answer, { status = 502 }) => ({ ...typed(answer, "text/html"), status, payload: gatewayPage(status) }),
  },
  "stale-read": {
    age: (rule) => milliseconds(rule, 0),
  },
};

/** What faults do to the answer to one call. */
export interface AnswerEffect {
  /** The rules that act, as people read them. */
  readonly faults: string;
  readonly refusal: FaultRefusal | undefined;
  /** Whether the operation takes effect. */
  readonly isPerformed: boolean;
  /** How old the world is that the operation sees, in milliseconds. */
  readonly age: number;
  readonly change: (answer: OutgoingAnswer) => OutgoingAnswer;
}

/** What faults do to the answer to a call, if any does. Of several refusals, that of the first rule counts. */
export function effectOnAnswer(world: World, call: FaultedCall): AnswerEffect | undefined {
  const triggered = trigger(world, "answers", (rule) => matchesCall(rule, call));
  if (triggered.length === 0) return undefined;
  const rules = triggered.map(({ rule }) => rule);
  const refusing = rules.filter((rule) => faultOf(rule).refuse?.(rule));
  const [first] = refusing;
  return {
    faults: describeRules(rules),
    refusal: first && faultOf(first).refuse?.(first),
    isPerformed: refusing.every((rule) => rule.performed ?? kindOfFault(rule.fault).performed),
    age: Math.max(...rules.map((rule) => faultOf(rule).age?.(rule) ?? 0)),
    change: (answer) => {
      const refused = first && faultOf(first).changeRefusal?.(answer, first);
      return triggered.reduce(
        (before, { rule, share }) => faultOf(rule).change?.(before, rule, share) ?? before,
        refused ?? answer,
      );
    },
  };
}

function faultOf({ fault }: FaultRule): AnswerFault {
  return answerFaults[fault as AnswerFaultKind]; // a world keeps them apart from those of webhooks
}

function refusal(
  status: number,
  { detail, code, retryAfterS = RETRY_AFTER_S, by = "vendor" }: RefusalDetails = {},
): FaultRefusal {
  return { status, detail, code, retryAfterS, by };
}

interface RefusalDetails {
  readonly detail?: string | undefined;
  readonly code?: number | undefined;
  readonly retryAfterS?: number | undefined;
  readonly by?: FaultRefusal["by"];
}

function typed(answer: OutgoingAnswer, type: string): OutgoingAnswer {
  return { ...answer, headers: { ...answer.headers, "Content-Type": type } };
}

function gatewayPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>\n<p>gateway</p>\n</body>\n</html>\n`;
}
