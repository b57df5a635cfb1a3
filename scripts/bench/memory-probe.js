/** Loaded into a server under measurement: tells its memory to the process that started it. */
process.on("message", () => {
  const { rss } = process.memoryUsage(); // before the collection, as the system sees it
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ rss, alive: heapUsed + external });
});
process.channel.unref();
