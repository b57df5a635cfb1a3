import { Skip } from "../judging/signals";
import { Otherwise } from "./otherwise";
import type { ProbeContext } from "./probe";
import { type Told, told } from "./told";

type Fields = Readonly<Record<string, unknown>>;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const SPACED = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}$/;

const TIMES: readonly { name: string; of: string; time(data: Fields): unknown; form: RegExp }[] = [
  { name: "the time of reading", of: "message.read", time: (data) => data["read_at"], form: ISO },
  { name: "the time of a new chat", of: "chat.created", time: (data) => data["created_at"], form: ISO },
  {
    name: "the time of a reaction's message",
    of: "reaction.sent",
    time: ({ associated_message: message }) => (message as Fields | undefined)?.["sent_at"],
    form: SPACED,
  },
];

/** Whether the times in the events of the correspondence have the forms that are assumed. */
export async function eventTimes({ once }: ProbeContext): Promise<string> {
  const all = await once(told);
  const seen = TIMES.filter(({ of, time }) => all.some((event) => isOf(event, of) && time(event.data) !== undefined));
  if (seen.length === 0) throw new Skip("no event with one of these times was seen");
  for (const { name, of, time, form } of seen) {
    const isOther = ({ data }: Told): boolean => !form.test(String(time(data)));
    if (all.filter((event) => isOf(event, of)).some(isOther)) throw new Otherwise(`${name} is written in another form`);
  }
  return `${seen.map(({ name }) => name).join(" and ")} ${seen.length === 1 ? "is" : "are"} written as it is assumed`;
}

function isOf({ type }: Told, wanted: string): boolean {
  return type === wanted;
}
