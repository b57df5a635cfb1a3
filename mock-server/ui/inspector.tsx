import { useEffect } from "preact/hooks";
import { addressWith, place, TABS, type Tab } from "./address";
import { AdviceTab, adviceCount } from "./advice";
import { armedCount, FaultsTab } from "./faults";
import { failedCount } from "./highlighted-items";
import { hasOlderRequests, requests } from "./request-list";
import { RequestsTab } from "./requests";
import { StateTab } from "./state-tree";
import { isComplete } from "./store";
import { eventTotal, hasOlderEvents } from "./webhook-log";
import { WebhooksTab } from "./webhooks";

const TITLES: Readonly<Record<Tab, string>> = {
  webhooks: "Webhooks",
  requests: "Requests",
  faults: "Faults",
  advice: "Advice",
  state: "State",
};

/** The right pane: what the app and the mock have said to each other. */
export function Inspector() {
  const { tab, pane } = place.value;
  const back = place.value.chat === undefined ? "#/chats" : addressWith({ pane: "chats" });
  useEffect(() => {
    const chosen = document.querySelector(".tabs [aria-current]");
    const row = chosen?.parentElement;
    if (!row) return;
    const [inner, outer] = [chosen.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += Math.max(0, inner.right - outer.right) - Math.max(0, outer.left - inner.left); // scrollIntoView has the first Tab begin here
  }, [tab]);
  return (
    <section class="pane inspector" aria-label="Inspector">
      <nav class="tabs" aria-label="Inspector">
        <div>
          {TABS.map((one) => (
            <a
              key={one}
              href={addressWith({ pane: "inspector", tab: one, item: undefined })}
              aria-current={one === tab ? "page" : undefined}
            >
              {TITLES[one]} <Count tab={one} />
            </a>
          ))}
        </div>
        {pane === "inspector" && (
          <a class="close" href={back}>
            Close
          </a>
        )}
      </nav>
      <h2 class="hidden">{TITLES[tab]}</h2>
      <div class="tab">{isComplete.value && <TabContent />}</div>
    </section>
  );
}

function TabContent() {
  switch (place.value.tab) {
    case "webhooks":
      return <WebhooksTab />;
    case "requests":
      return <RequestsTab />;
    case "faults":
      return <FaultsTab />;
    case "advice":
      return <AdviceTab />;
    case "state":
      return <StateTab />;
  }
}

function Count({ tab }: { readonly tab: Tab }) {
  const counts: Partial<Record<Tab, number | string | undefined>> = {
    webhooks: eventTotal.value,
    requests: hasOlderRequests.value ? `${requests.value.size}+` : requests.value.size,
    faults: armedCount(),
    advice: adviceCount.value,
  };
  const count = counts[tab];
  const failed = tab === "webhooks" ? failedCount.value : 0;
  if (count === undefined || count === 0) return null;
  return (
    <span class="count">{failed > 0 ? <b class="bad">{`${failed}${hasOlderEvents.value ? "+" : ""} failed`}</b> : count}</span>
  );
}
