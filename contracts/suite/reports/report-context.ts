import type { ContractReport } from "../report";
import type { Mask } from "./mask";

/** What a report is written with. */
export interface ReportContext {
  /** Made of the same report. */
  readonly mask: Mask;
  /** Whether what the server shows and the contract does not know counts as broken. */
  readonly strict: boolean;
  /** The lines of `contracts/linq-v2.openapi.yaml`, to tell where clauses are. Without them all are on line 1. */
  readonly contractLines?: readonly string[] | undefined;
}

/** Writes a report as the content of a file. */
export type Renderer = (report: ContractReport, context: ReportContext) => string;
