/**
 * Rewrites everything that is generated from the contract and the fixture format, or what is below the paths that are named; with --check,
 * says what is stale and exits 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "yaml";
import type { FaultKind } from "../fixtures/resolve/fault-kinds";
import { assumptionLedger } from "./generate/assumption-ledger";
import { type ContractDocument, operationsOf, withStrictClauses } from "./generate/contract-document";
import { type ControlDocument, controlCallsModule } from "./generate/control";
import {
  adviceTable,
  commandSections,
  controlTable,
  type FixtureSchema,
  faultsTable,
  fixtureTable,
  lawsTable,
  magicValuesTable,
  operationsTable,
  operationsTableOfV3,
  profilesTable,
  replaceSection,
  seedsTable,
} from "./generate/docs-tables";
import { documentedAnswersModule } from "./generate/documented-answers";
import { type FactTable, factsPage } from "./generate/facts-table";
import {
  assumptionsModule,
  basisModule,
  bodyFieldsModule,
  centralTimeModule,
  enumerationsModule,
  errorCodesModule,
  observedModule,
  operationsModule,
  rareAnswersModule,
} from "./generate/modules";
import { latest, observationsIn } from "./generate/observations";
import { privacyMarksModule } from "./generate/privacy-marks-module";
import {
  controlValidators,
  fixtureValidator,
  requestDiagnosis,
  requestValidators,
  responseDiagnosis,
} from "./generate/validators";

const CONTRACT = "contracts/linq-v2.openapi.yaml";
const CONTRACT_V3 = "contracts/linq-v3.openapi.yaml";
const FACTS = "contracts/facts.yaml";
const OBSERVED = "contracts/observed";
const CONTROL = "mock-server/control/control.openapi.yaml";
const FIXTURE_SCHEMA = "fixtures/fixture.schema.json";

const checking = process.argv.includes("--check");
const named = process.argv.slice(2).filter((argument) => argument !== "--check");
const stale: string[] = [];

const published = parse(readFileSync(CONTRACT, "utf8")) as ContractDocument;
const contract = withStrictClauses(published);
const contractV3 = parse(readFileSync(CONTRACT_V3, "utf8")) as ContractDocument;
const control = parse(readFileSync(CONTROL, "utf8")) as ControlDocument;
const fixtureSchema = JSON.parse(readFileSync(FIXTURE_SCHEMA, "utf8")) as FixtureSchema;
const operations = operationsOf(contract);
const observations = observationsIn(OBSERVED, contract);

/** Loads a compiler, which takes a while. */
const declarations = () => import("./generate/declarations");

void generate();

async function generate(): Promise<void> {
  await writeContract("v2", contract, {
    DELIVERY_STATUSES: "ChatMessage/properties/delivery_status",
    REACTION_TYPES: "ReactionType",
    WEBHOOK_EVENTS: "WebhookEventType",
  });
  await write("contracts/generated/v2/observed.ts", () => observedModule(latest(observations)));
  await writeContract("v3", contractV3, {
    REACTION_TYPES: "ReactionType",
    SUPPORTED_CONTENT_TYPES: "SupportedContentType",
    WEBHOOK_EVENTS: "WebhookEventType",
  });
  await write("contracts/generated/v3/error-codes.ts", () => errorCodesModule(contractV3));
  await write("contracts/generated/v3/body-fields.ts", () => bodyFieldsModule(contractV3, operationsOf(contractV3)));
  await write("contracts/generated/v3/rare-answers.ts", () => rareAnswersModule(operationsOf(contractV3)));
  await write("contracts/generated/privacy-marks.ts", () => privacyMarksModule([contract, contractV3]));
  await write("contracts/generated/central-time.ts", () => centralTimeModule());
  await write("mock-server/control/generated/types.ts", async () => (await declarations()).contractTypes(control));
  await write("mock-server/control/generated/calls.ts", () => controlCallsModule(control));
  await writeModule("mock-server/control/generated/request-validators", () => controlValidators(control));
  await write("mock-server/control/generated/openapi.json", () => `${JSON.stringify(control)}\n`);
  await writeModule("mock-server/forced-answers/generated/v2", () => documentedAnswersModule("v2", contract, operations));
  await writeModule("mock-server/forced-answers/generated/v3", () =>
    documentedAnswersModule("v3", contractV3, operationsOf(contractV3)),
  );
  await write("docs/assumptions.md", () => assumptionLedger(contract, contractV3, observations));
  await write("docs/facts.md", () => factsPage(parse(readFileSync(FACTS, "utf8")) as FactTable, published, operations));
  await write("fixtures/generated/fixture-document.ts", async () => (await declarations()).fixtureTypes(fixtureSchema));
  await write("fixtures/generated/fixture-fields.ts", async () => (await declarations()).fixtureFieldsModule(fixtureSchema));
  await writeModule("fixtures/generated/fixture-validator", () => fixtureValidator(fixtureSchema));
  await writeTables("docs/operations.md", { operations: operationsTable(operations) });
  const { routes } = await import("../mock-server/v3/routes");
  await writeTables("docs/operations.md", { v3: operationsTableOfV3(operationsOf(contractV3), new Set(Object.keys(routes))) });
  await writeTables("docs/control-api.md", { calls: controlTable(control) });
  // What follows needs the modules that were just written.
  const { laws } = await import("../contracts/suite/checks/index");
  const observed = latest(observations).flatMap(({ answer, assumption }) => (answer === "confirmed" ? [assumption] : []));
  await writeTables("docs/contract.md", { laws: lawsTable(laws, observed) });
  const { affectedBy, faultKinds, faultProfiles } = await import("../fixtures/resolve/fault-kinds");
  const faultsOf = (kind: "answers" | "webhooks") =>
    Object.entries(faultKinds).filter(([name]) => affectedBy(name as FaultKind) === kind);
  await writeTables("docs/faults.md", {
    answers: faultsTable(faultsOf("answers")),
    webhooks: faultsTable(faultsOf("webhooks")),
    profiles: profilesTable(faultProfiles),
  });
  const { adviceRules, noteRules } = await import("../mock-server/advice/rules");
  await writeTables("docs/advice.md", { advice: adviceTable([...adviceRules, ...noteRules]) });
  const { MAGIC_VALUES } = await import("../mock-server/world/magic-values");
  await writeTables("docs/magic-values.md", { "magic-values": magicValuesTable(MAGIC_VALUES) });
  const { SEEDS } = await import("../fixtures/seeds");
  await writeTables("docs/fixtures.md", { fields: fixtureTable(fixtureSchema), seeds: seedsTable(SEEDS) });
  const { commandLine } = await import("../mock-server/command-line/program");
  await writeTables("docs/command-line.md", { commands: commandSections(commandLine()) });
  const { readFixtures } = await import("../fixtures/load/read-files");
  await write(
    "fixtures/generated/default-seed.json",
    () => `${JSON.stringify(readFixtures("fixtures/seeds/default.yaml", { now: 0 }).records)}\n`,
  );

  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(", ")}. Run npm run generate and commit the result.`);
    process.exitCode = 1;
  }
}

/** What follows from the contract of a version alone; `lists` are those of its values that are wanted at run time, by where they stand. */
async function writeContract(
  version: string,
  document: ContractDocument,
  lists: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = `contracts/generated/${version}`;
  const all = operationsOf(document);
  await write(`${folder}/types.ts`, async () => (await declarations()).contractTypes(document));
  await write(`${folder}/operations.ts`, () => operationsModule(document, all));
  await write(`${folder}/enumerations.ts`, () => enumerationsModule(document, lists));
  await write(`${folder}/assumptions.ts`, () => assumptionsModule(document));
  await write(`${folder}/basis.ts`, () => basisModule(document, all));
  await writeModule(`${folder}/request-validators`, () => requestValidators(document, all));
  await writeModule(`${folder}/request-diagnosis`, () => requestDiagnosis(document));
  await writeModule(`${folder}/response-diagnosis`, () => responseDiagnosis(document));
}

async function writeTables(page: string, tables: Readonly<Record<string, string>>): Promise<void> {
  const sections = Object.entries(tables);
  await write(page, () =>
    sections.reduce((text, [name, table]) => replaceSection(text, name, table), readFileSync(page, "utf8")),
  );
}

async function writeModule(path: string, make: () => { code: string; types: string }): Promise<void> {
  if (!isWanted(path)) return;
  const { code, types } = make();
  await write(`${path}.js`, () => code);
  await write(`${path}.d.ts`, () => types);
}

async function write(path: string, make: () => string | Promise<string>): Promise<void> {
  if (!isWanted(path)) return;
  const content = await make();
  if (read(path) === content) return;
  if (checking) {
    stale.push(path);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.error(`wrote ${path}`);
}

function isWanted(path: string): boolean {
  return named.length === 0 || named.some((name) => path.startsWith(name));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
