import { type ClientTime, realTime } from "../../contracts/client/pace";
import type { ApiVersion } from "../server/api-version";
import { EventSender } from "../webhooks/sender";
import type { World } from "../world/world";
import { EXAM, type ExamFinding } from "./checks";
import { Examinee } from "./examinee";
import { ExamWebhooks } from "./webhooks";

/** How a receiver has passed. */
export interface Exam {
  readonly url: string;
  readonly version: string;
  /** A: all passed. B: with advice, or not all was asked. C: one failed. D: several did. F: an essential one did. */
  readonly grade: "A" | "B" | "C" | "D" | "F";
  readonly checks: readonly ExamOutcome[];
}

interface ExamOutcome extends Omit<ExamFinding, "advice"> {
  readonly id: string;
  readonly title: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
}

/** Why there is no exam. */
export class NoExam extends Error {
  readonly code: "receiver_unreachable" | "nothing_to_tell";

  constructor(code: NoExam["code"], message: string) {
    super(message);
    this.code = code;
  }
}

interface ExamOptions {
  readonly url: string;
  readonly secret: string | undefined;
  readonly version: ApiVersion;
  readonly time?: ClientTime;
  /** Told what is asked next, and its number, from 1. */
  readonly onCheck?: (title: string, number: number) => void;
}

/**
 * Sends a receiver what real life sends, and grades what it makes of it. Whether it may be sent anything, its caller has seen to.
 *
 * @throws NoExam when nobody listens there, or when the world has nothing to tell
 */
export async function examine(world: World, { url, secret, version, time = realTime, onCheck }: ExamOptions): Promise<Exam> {
  const webhooks = ExamWebhooks.of(world, { version, url });
  if (!webhooks)
    throw new NoExam("nothing_to_tell", "Nobody in this world has written twice in one chat, and the exam tells of that");
  const sender = new EventSender();
  try {
    const receiver = new Examinee({ url, secret, version, sender, time, world });
    const outcomes: ExamOutcome[] = [];
    for (const { id, title, ask } of EXAM) {
      const [first] = outcomes;
      const isLost = first !== undefined && first.result !== "passed";
      if (!isLost) onCheck?.(title, outcomes.length + 1);
      const finding: ExamFinding = isLost ? NOT_ASKED : await ask(receiver, webhooks);
      if (!receiver.isThere) throw new NoExam("receiver_unreachable", `Nobody takes webhooks there: ${finding.reason}`);
      outcomes.push({ id, title, ...finding, advice: finding.advice ?? null });
    }
    return { url, version: version.name, grade: gradeOf(outcomes), checks: outcomes };
  } finally {
    sender.close();
  }
}

const NOT_ASKED: ExamFinding = {
  result: "not_asked",
  reason: "nothing can be told of a receiver that does not take a webhook",
};

function gradeOf(outcomes: readonly ExamOutcome[]): Exam["grade"] {
  const essential = new Set(EXAM.filter(({ isEssential }) => isEssential).map(({ id }) => id));
  const failed = outcomes.filter(({ result }) => result === "failed");
  if (failed.some(({ id }) => essential.has(id))) return "F";
  if (failed.length > 0) return failed.length > 1 ? "D" : "C";
  return outcomes.some(({ result }) => result !== "passed") ? "B" : "A";
}
