import { signal } from "@preact/signals";

type Rows = "webhooks" | "requests";

const filters = signal<Readonly<Partial<Record<Rows, string>>>>({});

/** A field that leaves in a tab the rows with these words. */
export function Filter({ of }: { readonly of: Rows }) {
  return (
    <input
      type="search"
      class="filter"
      aria-label={`Filter ${of}`}
      placeholder={of === "webhooks" ? "Filter: message.sent, failed, a name" : "Filter: POST, chats, 422, a name"}
      value={filters.value[of] ?? ""}
      onInput={({ currentTarget: { value } }) => (filters.value = { ...filters.value, [of]: value })}
    />
  );
}

/** Whether a row of those words is left. */
export function fits(rows: Rows, words: string): boolean {
  const known = words.toLowerCase();
  return (filters.value[rows] ?? "")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.includes(word));
}
