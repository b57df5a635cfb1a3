/** Bytes that are alive after a garbage collection, in the heap and beside it. Needs --expose-gc. */
export function usedMemory(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("run with --expose-gc");
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
