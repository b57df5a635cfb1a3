import { loadNow } from "../../fixtures/load/load-now";
import { readFaults } from "../../fixtures/resolve/faults";
import { API_VERSIONS } from "../versions";
import { createJsonLogger } from "./json-logger";
import { createLogger } from "./logger";
import { createMock, type Mock } from "./mock";
import { checkAppOptions, type MockOptions } from "./options";
import { FAULTS, loadDefaultSeed, type WorldLoader } from "./world-loader";

/** An Express app, as what it is used for: `request(app)` of supertest, `createServer(app)`, `larger.use(app)`. Its type needs no others. */
export type MockApp = (req: object, res: object, next?: (error?: unknown) => void) => void;

/**
 * The mock as an Express app, for supertest or to mount in a larger app.
 *
 * @throws TypeError when an option is unknown or not what it must be, RangeError when the clock is no time, FixtureError
 *   when the fixtures cannot be served
 */
export function createApp(options: MockOptions = {}): MockApp {
  checkAppOptions(options);
  return createLocalMock(options).app as MockApp;
}

/** A mock for this process alone. It is put together at once, and so brings the code for everything that options may ask for. */
export function createLocalMock(options: MockOptions, versions = API_VERSIONS): Mock {
  const { log = "silent", jsonLog } = options;
  return createMock(options, {
    reachable: false,
    log: jsonLog ? createJsonLogger(log) : createLogger(log),
    reader: worldReader(options),
    versions,
  });
}

function worldReader({ fixtures, faults = [] }: MockOptions): WorldLoader {
  return {
    load: (options) => {
      if (fixtures === undefined) return loadDefaultSeed(options);
      return loadNow(fixtures, options);
    },
    readFaults: (world, now) => readFaults(faults, FAULTS, { ...world, taken: world.faults.map(({ name }) => name), now }),
  };
}
