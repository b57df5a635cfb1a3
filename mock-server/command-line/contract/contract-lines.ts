import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CONTRACT = "contracts/linq-v2.openapi.yaml";

/** The lines of the contract, as it is shipped beside the bundle, for reports that say where a clause stands. */
export function contractLines(): string[] {
  const path = [join(__dirname, "..", CONTRACT), join(__dirname, "../../..", CONTRACT)].find(existsSync);
  return path === undefined ? [] : readFileSync(path, "utf8").split("\n");
}
