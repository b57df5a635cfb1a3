import { InvalidArgumentError } from "commander";
import { faultKinds, faultProfiles } from "../../fixtures/resolve/fault-kinds";

/** The name of a profile. Whether there is such a one is seen when it is armed, if it is not that of a fault. */
export function parseProfile(name: string): string {
  if (Object.hasOwn(faultKinds, name) && !Object.hasOwn(faultProfiles, name)) {
    throw new InvalidArgumentError(`${name} is a fault: --fault '${name} ...'.`);
  }
  if (name.trim() === "") throw new InvalidArgumentError("It is not blank.");
  return name;
}
