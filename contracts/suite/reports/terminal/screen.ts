import type { ContractReport } from "../../report";
import type { ReportContext } from "../report-context";
import type { Paint } from "./paint";

/** What is written, and how. */
export interface Screen extends ReportContext {
  readonly report: ContractReport;
  readonly paint: Paint;
  /** How many characters go on a line. */
  readonly width: number;
}

/** Writes a part of a report; undefined when there is nothing to say. */
export type Section = (screen: Screen) => string | undefined;
