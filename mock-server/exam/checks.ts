import type { ApiVersion } from "../server/api-version";
import { type ExamAnswer, type Examinee, isTaken } from "./examinee";
import type { ExamWebhook, ExamWebhooks } from "./webhooks";

/** What one check has found. */
export interface ExamFinding {
  readonly result: "passed" | "failed" | "advice" | "not_asked";
  /** What was seen. */
  readonly reason: string;
  /** What to do; none where it passed. */
  readonly advice?: string;
}

/** Something that real life sends, and what a receiver must make of it. */
export interface ExamCheck {
  readonly id: string;
  readonly title: string;
  /** Whether whoever fails it has the worst grade. */
  readonly isEssential: boolean;
  ask(receiver: Examinee, webhooks: ExamWebhooks): Promise<ExamFinding>;
}

const HUGE_CHARACTERS = 900_000;
const AT_ONCE = 20;
/** The vendor asks for an answer within 10 s, and waits longer. */
const ADVISED_MS = 10_000;

const TOO_SLOW = "Answer first, and work after.";
const NO_ANSWER = "The receiver closed the connection without an answer, or is gone: did it crash? Its output says why.";

const UNSIGNED = "it acts on what nobody signed";

const OVER_RAW_BYTES =
  "Check the signature over the raw bytes of the body, before they are parsed, and refuse with 401 what it does not fit.";

/** What a receiver of a version is asked, in this order: how old a webhook is can be refused only where its signature says when it was made. */
export function examOf({ signatures }: Pick<ApiVersion, "signatures">): readonly ExamCheck[] {
  return signatures.some(({ signedAt }) => signedAt)
    ? EXAM.flatMap((one) => (one.id === "not-signed" ? [one, STALE] : one))
    : EXAM;
}

const STALE_MS = 10 * 60_000;

const STALE: ExamCheck = {
  id: "old-timestamp",
  title: "Refuses what was signed 10 minutes ago",
  isEssential: false,
  async ask(receiver, webhooks) {
    const { result, reason } = await refuses(receiver, () => receiver.send(webhooks.usual(), { agoMs: STALE_MS }));
    if (result !== "failed") return { result, reason };
    const advice =
      "Refuse what was signed over 5 minutes ago, as Standard Webhooks asks: else what was seen once can be sent again.";
    return { result: "advice", reason: reason.replace(UNSIGNED, "whoever has seen it can send it again"), advice };
  },
};

/** All checks of the exam, in the order in which they are asked. */
export const EXAM: readonly ExamCheck[] = [
  {
    id: "takes-a-webhook",
    title: "Takes a webhook",
    isEssential: true,
    async ask(receiver, webhooks) {
      const advice = receiver.isSigned
        ? "Answer 2xx to what is signed well. Is the secret the receiver's, and is the signature checked over the raw bytes?"
        : "Answer 2xx. A receiver that checks signatures needs the secret in this exam, too.";
      return takes(await receiver.send(webhooks.usual()), advice);
    },
  },
  {
    id: "same-event-twice",
    title: "Takes the same event twice",
    isEssential: false,
    async ask(receiver, webhooks) {
      const webhook = webhooks.usual();
      const answers = [await receiver.send(webhook), await receiver.send(webhook)];
      const found = takesAll(answers, "Keep the event_id of what was done, and answer 2xx to what comes again.");
      const unseen = "whether it acted once cannot be seen from here: it must keep the event_id";
      return found.result === "passed" ? { ...found, reason: `${found.reason}; ${unseen}` } : found;
    },
  },
  {
    id: "out-of-order",
    title: "Takes a later event before an earlier one",
    isEssential: false,
    async ask(receiver, webhooks) {
      const [later, earlier] = webhooks.outOfOrder();
      const answers = [await receiver.send(later), await receiver.send(earlier)];
      return takesAll(answers, "Events may come in any order: sort by the times in them, and refuse none.");
    },
  },
  {
    id: "late",
    title: "Takes an event of an hour ago",
    isEssential: false,
    async ask(receiver, webhooks) {
      return takes(await receiver.send(webhooks.late()), "Answer 2xx to what comes late, even if nothing is left to do.");
    },
  },
  {
    id: "badly-signed",
    title: "Refuses what is signed with another secret",
    isEssential: true,
    ask: (receiver, webhooks) => refuses(receiver, () => receiver.send(webhooks.usual(), "by another secret")),
  },
  {
    id: "other-bytes",
    title: "Refuses other bytes than were signed",
    isEssential: true,
    ask: (receiver, webhooks) =>
      refuses(receiver, async () => {
        const seen = webhooks.usual();
        await receiver.send(seen);
        return receiver.send(webhooks.usual(), { as: seen }); // what whoever has seen one webhook can do
      }),
  },
  {
    id: "not-signed",
    title: "Refuses what is not signed",
    isEssential: true,
    ask: (receiver, webhooks) => refuses(receiver, () => receiver.send(webhooks.usual(), "not")),
  },
  {
    id: "unknown-event",
    title: "Takes an event of a type that it does not know",
    isEssential: false,
    async ask(receiver, webhooks) {
      return takes(
        await receiver.send(webhooks.ofUnknownType()),
        "Answer 2xx to types that you do not know: new ones may be added.",
      );
    },
  },
  {
    id: "unknown-fields",
    title: "Takes fields that it does not know",
    isEssential: false,
    async ask(receiver, webhooks) {
      return takes(
        await receiver.send(webhooks.withUnknownFields()),
        "Ignore fields that you do not know: new ones may be added.",
      );
    },
  },
  {
    id: "huge",
    title: "Takes a text of 900 kB",
    isEssential: false,
    async ask(receiver, webhooks) {
      const advice = "Raise the limit of the body; many frameworks stop at 100 kB.";
      return takes(await receiver.send(webhooks.huge(HUGE_CHARACTERS)), advice);
    },
  },
  {
    id: "many-at-once",
    title: `Takes ${AT_ONCE} at once`,
    isEssential: false,
    async ask(receiver, webhooks) {
      const sent: ExamWebhook[] = Array.from({ length: AT_ONCE }, () => webhooks.usual());
      const answers = await Promise.all(sent.map((webhook) => receiver.send(webhook)));
      return takesAll(answers, "Answer first and work after, from a queue.");
    },
  },
  {
    id: "answers-in-time",
    title: "Answers in time",
    isEssential: false,
    async ask({ slowestMs, timeoutMs }) {
      const reason = `the slowest answer took ${inWords(slowestMs)}`;
      if (slowestMs >= timeoutMs)
        return { result: "failed", reason: `one had not come within ${timeoutMs / 1000} s`, advice: TOO_SLOW };
      return slowestMs > ADVISED_MS ? { result: "advice", reason, advice: TOO_SLOW } : { result: "passed", reason };
    },
  },
];

function takes(answer: ExamAnswer, advice: string): ExamFinding {
  if (isTaken(answer)) return { result: "passed", reason: said(answer) };
  return { result: "failed", reason: said(answer), advice: adviceFor(answer, advice) };
}

/** What a receiver does wrong that answers is no reason why one does not. */
function adviceFor({ status, isTooSlow }: ExamAnswer, advice: string): string {
  if (isTooSlow) return TOO_SLOW;
  return status === undefined ? NO_ANSWER : advice;
}

/** The first that was not taken decides. */
function takesAll(answers: readonly ExamAnswer[], advice: string): ExamFinding {
  const missed = answers.filter((answer) => !isTaken(answer));
  const [worst] = missed;
  if (!worst) return { result: "passed", reason: `each of ${answers.length} was answered with 2xx` };
  const reason = `${missed.length} of ${answers.length} were not taken: ${said(worst)}`;
  return { result: "failed", reason, advice: adviceFor(worst, advice) };
}

/** Anything of 4xx refuses. */
async function refuses({ isSigned }: Examinee, send: () => Promise<ExamAnswer>): Promise<ExamFinding> {
  if (!isSigned) {
    const advice = "Subscribe with a secret, check what it signs, and give it to the exam: else anybody can send you events.";
    return { result: "not_asked", reason: "there is no secret", advice };
  }
  const answer = await send();
  const { status = 0 } = answer;
  if (status >= 400 && status < 500) return { result: "passed", reason: said(answer) };
  const reason = isTaken(answer) ? `${said(answer)}: ${UNSIGNED}` : said(answer);
  return { result: "failed", reason, advice: adviceFor(answer, OVER_RAW_BYTES) };
}

function said({ status, error, ms }: ExamAnswer): string {
  return status === undefined ? (error ?? "no answer") : `answered ${status} in ${inWords(ms)}`;
}

function inWords(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
