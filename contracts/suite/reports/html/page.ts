import type { ContractReport } from "../../report";
import type { ReportContext } from "../report-context";
import type { Markup } from "./markup";

/** What every section of a page is made from. */
export interface Page extends Pick<ReportContext, "mask" | "strict"> {
  readonly report: ContractReport;
}

export interface Section {
  /** What links name it by. */
  readonly id: string;
  readonly title: string;
  /** How many things are in it, for the table of contents. */
  readonly count?: number;
  /** What it says; undefined when there is nothing. */
  readonly body: Markup | undefined;
  /** What is said when there is nothing. */
  readonly none: string;
}
