import { Skip } from "../judging/signals";
import type { RecordedExchange } from "../recorded-exchange";

/** What a list of chats or messages holds. @throws Skip when it is no list, which is told apart */
export function listIn<T>({ operation, response }: RecordedExchange): readonly T[] {
  const { data } = response.body as { data?: unknown };
  if (Array.isArray(data)) return data as readonly T[];
  throw new Skip(`${operation} answered without a list`);
}
