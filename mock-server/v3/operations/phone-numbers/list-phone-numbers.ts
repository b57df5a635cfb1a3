import { reputationOf } from "../../../world/reputation";
import type { Operation } from "../../operation";

const REPUTATION_PAGE = "https://docs.linqapp.com/guides/phone-numbers/reputation";
const ANCHORS = { HEALTHY: "healthy", AT_RISK: "at-risk", CRITICAL: "critical" };

/** The own lines. */
export const listPhoneNumbers: Operation<"listPhoneNumbers"> = (world) => {
  const lines = [...world.lines.values()].map((line) => ({ line, status: reputationOf(world, line) }));
  return {
    status: 200,
    body: {
      phone_numbers: lines.map(({ line: { id, phoneNumber, forwardingNumber }, status }) => ({
        id: world.publicIds.uuidOf("line", id),
        phone_number: phoneNumber,
        reputation: { doc_url: `${REPUTATION_PAGE}#${ANCHORS[status]}`, status },
        forwarding_number: forwardingNumber,
      })),
    },
    details: { assumptions: lines.some(({ status }) => status !== "HEALTHY") ? ["A-v3-reputation"] : [] }, // A-v3-reputation
  };
};
