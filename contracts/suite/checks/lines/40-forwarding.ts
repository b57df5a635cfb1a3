import type { ApiPhoneNumber } from "../../../api-types";
import { canonical } from "../../../client/people-in-body";
import { documentedErrors, expectDocumentedCode, expectDocumentedWords } from "../../documented-errors";
import { expectSame, expectStatus } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";

export const law40: Law = {
  number: 40,
  title: "forwarding can be set and cleared, and to no number is refused as documented",
  broken: "forwarding cannot be set and cleared, or to no number is not refused as documented",
  operation: "updatePhoneNumber",
  clause: "#/components/schemas/UpdatePhoneNumberRequest/properties/forwarding_number",
  requests: 10,
  stepAssumptions: ["A-error-wording"],
  isRepeatable: true,
  async check({ api, spareLine, people }) {
    if (spareLine === undefined) throw new Skip("no line is spare; name one with --spare-line");
    const lines = await api.lines();
    const spare = lines.find(({ phone_number }) => canonical(phone_number) === canonical(spareLine));
    if (!spare) throw new Skip("the spare line is no line of the account any more");
    const before = spare.forwarding_number ?? "";
    const other = [...people, ...lines.map(({ phone_number }) => phone_number)].find(
      (number) => number.startsWith("+") && number !== spare.phone_number && number !== before,
    );
    if (other === undefined)
      throw new Skip("there is no other line and no --recipient that the spare line could be forwarded to");

    const put = (forwarding_number: string): Promise<ApiPhoneNumber> =>
      api.call(200, "PUT", `/phone_numbers/${spare.id}`, { forwarding_number });
    let now = before;
    try {
      for (const next of new Set([other, "", before])) {
        const answer = await put(next);
        now = next;
        const expected = { ...forwardings(lines), [spare.phone_number]: next === "" ? null : next };
        const what = next === "" ? "once the forwarding of one is cleared" : "once one is forwarded";
        const verb = next === "" ? "cleared" : "set";
        const shown = { ...expected, ...forwardings([answer]) };
        expectSame(shown, expected, `the lines ${what}, as the answer shows`, `forwarding cannot be ${verb}`);
        expectSame(forwardings(await api.lines()), expected, `the lines ${what}`, `forwarding that was ${verb} is not kept`);
      }
      const exchange = await api.request("PUT", `/phone_numbers/${spare.id}`, { forwarding_number: "nobody" });
      if (exchange.response.status < 300) now = "nobody";
      const invalid = "a word as the number that a line is forwarded to";
      expectStatus(exchange, 422, `the status of ${invalid}`, `${invalid} is taken`);
      expectDocumentedCode(exchange, documentedErrors.forwardingNumberInvalid, invalid);
      const kept = "forwarding that was not set is another";
      expectSame(forwardings(await api.lines()), forwardings(lines), "the lines once one was not forwarded", kept);
      expectDocumentedWords(exchange, documentedErrors.forwardingNumberInvalid, invalid);
    } finally {
      if (now !== before) await put(before);
    }
  },
};

function forwardings(lines: readonly ApiPhoneNumber[]): Record<string, string | null> {
  return Object.fromEntries(lines.map(({ phone_number, forwarding_number }) => [phone_number, forwarding_number || null]));
}
