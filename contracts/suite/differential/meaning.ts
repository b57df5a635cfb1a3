import { operations } from "../../generated/v2/operations";
import type { RecordedExchange } from "../recorded-exchange";
import type { AnswerDifference } from "./first-difference";

/** What a difference means, as a sentence about the target. */
export function meaningOf({ operation }: RecordedExchange, difference: AnswerDifference): string {
  const { title } = operations[operation];
  const { sort, target, mock, pointer } = difference;
  if (sort === "status") return `${title} answers ${target} where the mock answers ${mock}`;
  if (sort === "order") return `${title} lists the same entries in another order`;
  if (sort === "entries") return `${title} lists other entries`;
  if (pointer === "/data/chat") {
    return target === null
      ? `${title} does not find a chat that the mock finds`
      : `${title} finds a chat that the mock does not find`;
  }
  if (pointer === "/data/chat/id") return `${title} finds another chat than the mock`;
  const field = pointer.split("/").at(-1);
  return `${title} shows another ${field}`;
}
