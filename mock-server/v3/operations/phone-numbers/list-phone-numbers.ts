import type { Operation } from "../../operation";

const REPUTATION_PAGE = "https://docs.linqapp.com/guides/phone-numbers/reputation#healthy";

/** The own lines. */
export const listPhoneNumbers: Operation<"listPhoneNumbers"> = (world) => ({
  status: 200,
  body: {
    phone_numbers: [...world.lines.values()].map(({ id, phoneNumber, forwardingNumber }) => ({
      id: world.publicIds.uuidOf("line", id),
      phone_number: phoneNumber,
      reputation: { doc_url: REPUTATION_PAGE, status: "HEALTHY" },
      forwarding_number: forwardingNumber,
    })),
  },
});
