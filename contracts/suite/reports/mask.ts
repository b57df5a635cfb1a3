import type { ContractReport } from "../report";
import { collect } from "./masking/collect";
import { maskHeader } from "./masking/mask-header";
import { maskPath } from "./masking/mask-path";
import { maskPointer } from "./masking/mask-pointer";
import { maskText } from "./masking/mask-text";
import { maskValue } from "./masking/mask-value";
import { Pseudonyms } from "./masking/pseudonyms";

/**
 * Shows what a run has seen without the numbers, addresses, names and texts in it: each has a pseudonym, the same wherever and however
 * it is written: `LINE`, `NUMBER_1`, `EMAIL_1`, `NAME_1`, `TEXT_1`, `URL_1`. Whatever it returns can be printed: control characters are
 * escaped; what stands in HTML or XML is escaped by whoever writes it.
 */
export class Mask {
  readonly #pseudonyms: Pseudonyms;

  constructor(report: ContractReport, { token }: { readonly token?: string | undefined } = {}) {
    this.#pseudonyms = new Pseudonyms({ line: report.line, token, target: report.target });
    collect(report, this.#pseudonyms);
  }

  /**
   * Parsed JSON with pseudonyms in it. `pointer` says where in a body it stood, so that its last field tells what it is. Ids, counts,
   * times, words of the contract, and the words of error messages are kept.
   */
  value(json: unknown, pointer = ""): unknown {
    return maskValue(json, pointer, this.#pseudonyms);
  }

  /** A sentence of ours that may quote what a server said. */
  text(sentence: string): string {
    return maskText(sentence, this.#pseudonyms);
  }

  /** A path below the API's prefix, to be read: `/chats/find?phone_number=LINE&phone_numbers[]=NUMBER_1`. */
  path(path: string): string {
    return maskPath(path, this.#pseudonyms);
  }

  /** A JSON pointer into a body, whose fields may be anything. */
  pointer(pointer: string): string {
    return maskPointer(pointer, this.#pseudonyms);
  }

  /** The value of a header. */
  header(name: string, value: string): string {
    return maskHeader(name, value);
  }
}
