import { useEffect, useRef } from "preact/hooks";

/** Brings a row into view when it is opened, by whichever link, and again when it has come to be whole. */
export function useInView(isOpen: boolean, isWhole = true) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen, isWhole]);
  return row;
}
