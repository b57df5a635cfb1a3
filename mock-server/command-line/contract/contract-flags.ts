import { InvalidArgumentError } from "commander";
import { kindsAllowed } from "../../../contracts/client/kinds";

/** As commander reads them. */
export interface ContractFlags {
  readonly target?: string;
  readonly line?: string;
  readonly chat?: number;
  readonly contact?: number;
  readonly allow: readonly string[];
  readonly recipient: readonly string[];
  readonly spareLine?: string;
  readonly dryRun?: boolean;
  readonly rate?: number;
  readonly timeout?: number;
  readonly webhookUrl?: string;
  readonly webhookPort?: number;
  readonly baseline?: string;
  readonly against?: "mock";
  readonly strict?: boolean;
  readonly report: readonly string[];
  readonly showValues?: boolean;
  readonly har?: string;
  readonly sweep?: boolean;
  readonly ledger: string;
  readonly seed: number;
  readonly tokenStdin?: boolean;
}

const FORMATS = "json, junit, github, html";

export function parseAllowed(value: string): string {
  if (kindsAllowed([value]).length === 0) throw new InvalidArgumentError("It is writes, visible or send.");
  return value;
}

export function parseId(value: string): number {
  if (!/^[1-9]\d{0,15}$/.test(value)) throw new InvalidArgumentError("An id is a positive whole number.");
  return Number(value);
}

export function parseReport(value: string): string {
  if (!/^(json|junit|github|html)=./.test(value)) {
    throw new InvalidArgumentError(`It is a format, an equals sign and a file: junit=report.xml. The formats: ${FORMATS}.`);
  }
  return value;
}
