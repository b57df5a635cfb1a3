import type { Operation } from "../../operation";
import { phoneNumberView } from "./view";

export const listPhoneNumbers: Operation<"listPhoneNumbers"> = (world) => ({
  status: 200,
  body: { phone_numbers: [...world.lines.values()].map((line) => phoneNumberView(line)) },
});
