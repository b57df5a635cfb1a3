import { formatTimestamp } from "../../contracts/timestamps";
import { advise, type Evidence, type GivenAdvice } from "../advice/advise";
import { adviceRules, noteRules } from "../advice/rules";
import type { ControlCall } from "./control-call";
import type { components } from "./generated/types";

type Schemas = components["schemas"];

/** What the caller's requests and its receivers show that it could do better. Found when it is asked for, in what is kept. */
export const advice: ControlCall<"advice"> = ({ sandbox: { world }, versions }) => {
  const { journal, deliveries } = world;
  return {
    status: 200,
    body: {
      advice: advise(world, versions, adviceRules).map(adviceView),
      notes: advise(world, versions, noteRules).map(adviceView),
      based_on: {
        requests: journal.size,
        requests_evicted: journal.evicted,
        deliveries: deliveries.values().length,
        deliveries_evicted: deliveries.counts.evicted,
      },
    },
  };
};

function adviceView({ evidence, assumptions, ...found }: GivenAdvice): Schemas["Advice"] {
  return {
    ...found,
    evidence: evidence.map(evidenceView),
    ...(assumptions && {
      assumptions: assumptions.map(({ operations, ...counted }) => ({ ...counted, operations: [...operations] })),
    }),
  };
}

function evidenceView({ requests = [], deliveries = [], at, what }: Evidence): Schemas["Evidence"] {
  return { requests: [...requests], deliveries: [...deliveries], at: formatTimestamp(at), what };
}
