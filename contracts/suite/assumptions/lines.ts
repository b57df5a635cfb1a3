import type { ApiPhoneNumber } from "../../api-types";
import { canonical } from "../../client/people-in-body";
import { tenDigits } from "../api";
import { Skip } from "../law-errors";
import { Contradiction, type Group, type ProbeContext, requireBody, requireStatus } from "./probe";
import { testRecipient } from "./temporary-chat";

/** The API takes no second check for 10 s; one that comes later than this may be just in time, by the server's clock. */
const SOON_MS = 5_000;

/** What is asked of lines and numbers. */
export const lineTests = {
  "A-forwarding-number": { kind: "write", requests: 3, probe: tenDigitForwarding },
  "A-forwarding-missing": { kind: "write", requests: 1, probe: nothingForwarded },
  "A-availability-number": { kind: "write", requests: 4, probe: checkedNumber },
  "A-availability-scope": { kind: "write", requests: 1, probe: secondCheck },
} satisfies Group;

async function nothingForwarded(context: ProbeContext): Promise<string> {
  const spare = await spareLineOf(context);
  if (!spare) throw new Skip("the spare line is not listed");
  const subject = "an update of a line without its field";
  const exchange = await context.api.request("PUT", `/phone_numbers/${spare.id}`, {});
  const { forwarding_number } = requireBody<ApiPhoneNumber>(exchange, 200, subject);
  if (forwarding_number !== spare.forwarding_number) throw new Contradiction(`${subject} changes where it is forwarded to`);
  return `${subject} answers 200, and nothing changes`;
}

async function spareLineOf({ sample, spareLine }: ProbeContext): Promise<ApiPhoneNumber | undefined> {
  if (spareLine === undefined) throw new Skip("no line is spare; --spare-line names one");
  return (await sample.lines()).find(({ phone_number }) => canonical(phone_number) === canonical(spareLine));
}

async function tenDigitForwarding(context: ProbeContext): Promise<string> {
  const { api, line, people } = context;
  const spare = await spareLineOf(context);
  const number = [...people, line].find((one) => tenDigits(one) !== one && one !== spare?.phone_number);
  if (!spare || number === undefined) throw new Skip("there is nobody in North America to forward the spare line to");
  const path = `/phone_numbers/${spare.id}`;
  const before = { forwarding_number: spare.forwarding_number ?? "" }; // law 40 has put it back before
  const subject = "forwarding to a number of ten digits";
  const exchange = await api.request("PUT", path, { forwarding_number: tenDigits(number) });
  if (exchange.response.status < 300) await api.call(200, "PUT", path, before);
  const { forwarding_number } = requireBody<ApiPhoneNumber>(exchange, 200, subject);
  if (forwarding_number !== number) throw new Contradiction(`${subject} is not shown in E.164 form`);
  return `${subject} is accepted`;
}

async function checkedNumber({ once }: ProbeContext): Promise<string> {
  const subject = "checking a number of ten digits";
  const { number, exchange } = await once(firstCheck);
  const { phone_number } = requireBody<{ phone_number: string }>(exchange, 200, subject);
  if (phone_number !== number) throw new Contradiction(`${subject} does not answer with it in E.164 form`);
  return `${subject} answers with it in E.164 form`;
}

async function secondCheck({ api, line, once }: ProbeContext): Promise<string> {
  const subject = "checking another number within 10 s";
  const { exchange, at } = await once(firstCheck);
  requireStatus(exchange, 200, "the first check");
  const body = { phone_number: line };
  const { response } = await api.request("POST", "/i_message_availability/check", body, { on429: "return" });
  if (response.status === 429) return `${subject} answers 429`;
  if (response.status !== 200) throw new Skip(`${subject} was answered with ${response.status}`);
  if (performance.now() - at > SOON_MS) throw new Skip("the second check came too late to be refused");
  throw new Contradiction(`${subject} answers 200 instead of 429`);
}

/** The only check of availability that the API allows in 10 s, of the recipient, else of the line, in ten digits; and when it was answered, in ms. */
export async function firstCheck({ api, people, line, once, untilNextCheck }: ProbeContext) {
  const person = people.length > 0 ? (await once(testRecipient)).person : line;
  const number = tenDigits(person) === person ? line : person;
  const body = { phone_number: tenDigits(number) };
  await untilNextCheck();
  const exchange = await api.request("POST", "/i_message_availability/check", body, { on429: "return" });
  return { number, exchange, at: performance.now() };
}
