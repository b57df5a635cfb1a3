import { computed, effect, signal } from "@preact/signals";
import { addressWith, place } from "./address";
import { call, type Schemas } from "./api";
import { changeCount, isLoaded, worldCount } from "./store";

const found = signal<
  { readonly advice: readonly Schemas["Advice"][]; readonly notes: readonly Schemas["Advice"][] } | undefined
>(undefined);
export const adviceCount = computed(() => found.value?.advice.length);

let timer: ReturnType<typeof setTimeout> | undefined;
const SOON_MS = 5000;

worldCount.subscribe(() => {
  clearTimeout(timer);
  timer = undefined;
  found.value = undefined; // it was of another world
});

effect(() => {
  const isShown = place.value.tab === "advice";
  if (!isLoaded.value || (changeCount.value >= 0 && timer !== undefined)) return;
  timer = setTimeout(
    async () => {
      timer = undefined;
      found.value = await call("get", "/advice").catch(() => found.peek());
    },
    isShown || !found.peek() ? 300 : SOON_MS,
  );
});

/** What the app could do better. */
export function AdviceTab() {
  const { advice = [], notes = [] } = found.value ?? {};
  return (
    <>
      {advice.length === 0 && <p class="empty">There is no advice for your app beyond the hints of its requests.</p>}
      {advice.length > 0 && <h3 class="hidden">For your app</h3>}
      {advice.map((one) => (
        <AdviceCard key={one.id} advice={one} />
      ))}
      {notes.length > 0 && <h3>Good to know</h3>}
      {notes.map((one) => (
        <AdviceCard key={one.id} advice={one} />
      ))}
    </>
  );
}

function AdviceCard({ advice: { title, count, remedy, evidence } }: { readonly advice: Schemas["Advice"] }) {
  return (
    <article class="card">
      <h4>
        {title} <span class="count">seen {count === 1 ? "once" : `${count} times`}</span>
      </h4>
      <p>{remedy}</p>
      <ul>
        {evidence.map(({ what, requests, at }) => (
          <li key={at + what}>
            {requests[0] === undefined ? (
              <bdi>{what}</bdi>
            ) : (
              <a href={addressWith({ pane: "inspector", tab: "requests", item: requests[0] })}>
                <bdi>{what}</bdi>
              </a>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
