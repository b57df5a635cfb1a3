import type { Command } from "commander";
import { ALLOW_FLAGS, kindOf } from "../../contracts/client/request-kinds";
import type { Law } from "../../contracts/suite/law";
import type { ShippedSeed } from "../../fixtures/seeds";
import type { AdviceRule } from "../../mock-server/advice/advise";
import type { MagicValue } from "../../mock-server/world/magic-values";
import type { ContractOperation } from "./contract-document";
import { type ControlDocument, controlCallsOf } from "./control";

/* The tables in docs/ that follow from the code and from the two OpenAPI documents. */

export function operationsTable(operations: readonly ContractOperation[]): string {
  const rows = operations.map(({ id, title, method, path, responses }) => {
    return [title, code(id), code(`${method} ${path}`), responses.map(({ status }) => status).join(" ")];
  });
  return table(["", "operation", "method and path, below `/api/partner/v2`", "statuses"], rows);
}

/** The table of V3's operations, with how many clients use them, and whether the mock remembers anything. `stateful` are those that have a row in its routes. */
export function operationsTableOfV3(operations: readonly ContractOperation[], stateful: ReadonlySet<string>): string {
  const rows = operations.map(({ id, title, method, path, tier = "", responses }) => {
    const answers = stateful.has(`${method} ${path}`) ? "from the world" : "its example";
    return [title, code(id), code(`${method} ${path}`), tier, answers, responses.map(({ status }) => status).join(" ")];
  });
  return table(["", "operation", "method and path, below `/api/partner/v3`", "use", "answers", "statuses"], rows);
}

/** Query parameters and fields of the body; required ones are bold. */
export function controlTable(document: ControlDocument): string {
  const rows = controlCallsOf(document).map(({ method, path, summary, description, query, fields }) => {
    const does = [`${summary}${/[.?!]$/.test(summary) ? "" : "."}`, description?.trim().replaceAll("\n", " ")];
    const takes = [...query.map(({ name, required = false }) => ({ name, required })), ...fields];
    const names = takes.map(({ name, required }) => (required ? `**${code(name)}**` : code(name)));
    return [code(`${method} ${path}`), does.filter(Boolean).join(" "), names.join(", ")];
  });
  return table(["call, below `/__mock`", "does", "takes"], rows);
}

/** A section for each command that does something, with a table of its flags. */
export function commandSections(command: Command, path: string = command.name()): string {
  if (command.commands.length > 0)
    return command.commands.map((sub) => commandSections(sub, `${path} ${sub.name()}`)).join("\n\n");
  const [args, defaults] = [
    command.registeredArguments,
    command.options.map((option) => option.defaultValueDescription ?? option.defaultValue),
  ];
  const rows = command.options.map(({ flags, description, argChoices }, i) => {
    const choices = argChoices === undefined || flags.includes(argChoices.join("|")) ? "" : `: ${argChoices.join(", ")}`;
    return [code(flags.replaceAll("|", "\\|")), String(defaults[i] ?? ""), `${description}${choices}`];
  });
  const usage = [path, ...args.map((argument) => `<${argument.name()}${argument.variadic ? "..." : ""}>`)].join(" ");
  return [`### ${code(usage)}`, `${command.description()}.`, table(["flag", "default", ""], rows)].join("\n\n");
}

/** `observed` is what was assumed and then seen on the vendor's server. */
export function lawsTable(laws: readonly Law[], observed: readonly string[]): string {
  const named = (how: string, ids: readonly string[]): string => (ids.length > 0 ? ` (${how} ${ids.join(", ")})` : "");
  const rows = laws.map(({ number, title, operation, assumptions = [], stepAssumptions = [] }) => {
    const [assumed, crossed] = [assumptions, stepAssumptions].map((ids) => ids.filter((id) => !observed.includes(id)));
    const seen = [...assumptions, ...stepAssumptions].filter((id) => observed.includes(id));
    const rests = `${named("assumed:", assumed ?? [])}${named("crosses", crossed ?? [])}${named("observed:", seen)}`;
    return [String(number), `${title}${rests}`, code(operation), ALLOW_FLAGS[kindOf[operation]]];
  });
  return table(["", "law", "operation", "`--allow`"], rows);
}

interface Fault {
  readonly takes: readonly string[];
  readonly needs?: readonly (readonly string[])[];
  readonly about: string;
}

interface Described {
  readonly type?: string;
  readonly else?: Described;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly $ref?: string;
}

interface Definition extends Described {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
}

export interface FixtureSchema {
  readonly properties: Readonly<Record<string, Described>>;
  readonly $defs: Readonly<Record<string, Definition>>;
}

const MOST_VALUES_SHOWN = 7;

/** Every list of the fixture format, and every field of their entries; required ones are bold. */
export function fixtureTable({ properties, $defs }: FixtureSchema): string {
  const definitionOf = ({ $ref }: Described) => $defs[$ref?.split("/").at(-1) ?? ""];
  const explain = (name: string, field: Described): string => {
    const values = field.enum ?? definitionOf(field)?.enum ?? [];
    const shown = values.length > MOST_VALUES_SHOWN ? "" : values.map(code).join(", ");
    const { title } = definitionOf(field) ?? {};
    return [field.description ?? (title === name || shown ? "" : title), shown].filter(Boolean).join(" ");
  };
  const lists = Object.entries(properties).map(([name, list]) => [code(name), "", list.description ?? ""]);
  const entries = Object.entries($defs).flatMap(([name, { description = "", properties: fields, required = [] }]) => {
    if (fields === undefined) return [];
    const rows = Object.entries(fields).map(([field, about]) => {
      return ["", required.includes(field) ? `**${code(field)}**` : code(field), explain(field, about)];
    });
    return [[nameOf(name), "", description], ...rows];
  });
  return table(["list, or entry", "field", ""], [...lists, ...entries]);
}

/** `LongMessage` is the message of people. */
function nameOf(definition: string): string {
  return definition
    .replace(/^Long/, "")
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

/** What a fault needs is bold: of some, one. */
export function faultsTable(faults: readonly (readonly [name: string, fault: Fault])[]): string {
  const rows = faults.map(([name, { takes, needs = [], about }]) => {
    const needed = needs.map((choices) => `**${choices.map(code).join(" or ")}**`);
    const free = takes.filter((option) => !needs.some((choices) => choices.includes(option))).map(code);
    return [code(name), [...needed, ...free].join(", "), about];
  });
  return table(["`fault`", "options", "what happens"], rows);
}

interface Profile {
  readonly about: string;
  readonly rules: readonly ({ readonly fault: string } & object)[];
}

export function profilesTable(profiles: Readonly<Record<string, Profile>>): string {
  const rows = Object.entries(profiles).map(([name, { about, rules }]) => {
    return [code(name), about, rules.map((rule) => code(asFlag(rule))).join("<br>")];
  });
  return table(["profile", "situation", "rules"], rows);
}

/** A rule as it stands in `--fault`. */
function asFlag({ fault, ...others }: { readonly fault: string } & object): string {
  return [fault, ...Object.entries(others).map(([field, value]) => `${field}=${value}`)].join(" ");
}

export function seedsTable(seeds: readonly ShippedSeed[]): string {
  return table(
    ["name", "what is in it"],
    seeds.map(({ name, description }) => [code(name), description]),
  );
}

export function adviceTable(rules: readonly AdviceRule[]): string {
  return table(
    ["id", "seen", "remedy"],
    rules.map(({ id, one, remedy }) => [code(id), one, remedy]),
  );
}

export function magicValuesTable(values: readonly MagicValue[]): string {
  const rows = values.map(({ number, text, happens }) => [code(number), text === undefined ? "" : code(text), happens]);
  return table(["number", "text", "what happens"], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** A document with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function replaceSection(document: string, name: string, content: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = document.indexOf(opening);
  const end = document.indexOf(closing);
  if (start < 0 || end < start) throw new Error(`the document has lost its markers ${opening} and ${closing}`);
  return `${document.slice(0, start)}${opening}\n\n${content}\n\n${document.slice(end)}`;
}
