import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Operation } from "../../operation";

/** The own lines, in the shape of the deprecated path. */
export const listPhoneNumbersOld: Operation<"listPhoneNumbersOld"> = (world) => ({
  status: 200,
  body: {
    phone_numbers: [...world.lines.values()].map(({ id, phoneNumber }) => {
      const country = parsePhoneNumberFromString(phoneNumber)?.country;
      return {
        id: world.publicIds.uuidOf("line", id),
        phone_number: phoneNumber,
        capabilities: { mms: true, sms: true, voice: true },
        ...(country && { country_code: country }),
        type: null,
      };
    }),
  },
});
