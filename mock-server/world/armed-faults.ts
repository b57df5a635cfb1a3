import { affectedBy, type FaultKind } from "../../fixtures/resolve/fault-kinds";
import type { FaultRule } from "./model";

/** A rule that is in force, and how often it was asked. */
export interface ArmedFault {
  readonly rule: FaultRule;
  /** How often something happened that the rule means. */
  matches: number;
  /** How often the fault befell it. */
  hits: number;
}

/** The rules of a world that are in force, in the order in which they act. */
export class ArmedFaults {
  #answers: readonly ArmedFault[] = [];
  #webhooks: readonly ArmedFault[] = [];
  #all: readonly ArmedFault[] = [];

  constructor(rules: readonly FaultRule[]) {
    this.#set(rules.map((rule) => ({ rule, matches: 0, hits: 0 })));
  }

  /** Those that befall answers. */
  get answers(): readonly ArmedFault[] {
    return this.#answers;
  }

  /** Those that befall webhooks. */
  get webhooks(): readonly ArmedFault[] {
    return this.#webhooks;
  }

  values(): readonly ArmedFault[] {
    return this.#all;
  }

  get rules(): readonly FaultRule[] {
    return this.#all.map(({ rule }) => rule);
  }

  has(kind: FaultKind): boolean {
    return this.#all.some(({ rule }) => rule.fault === kind);
  }

  arm(rules: readonly FaultRule[]): void {
    this.#set([...this.#all, ...rules.map((rule) => ({ rule, matches: 0, hits: 0 }))]);
  }

  /** False when there is no rule of this name. */
  disarm(name: string): boolean {
    const others = this.#all.filter(({ rule }) => rule.name !== name);
    const isThere = others.length < this.#all.length;
    this.#set(others);
    return isThere;
  }

  clear(): void {
    this.#set([]);
  }

  copy(): ArmedFaults {
    const copy = new ArmedFaults([]);
    copy.#set(this.#all.map((fault) => ({ ...fault })));
    return copy;
  }

  #set(faults: readonly ArmedFault[]): void {
    this.#all = faults;
    this.#answers = faults.filter(({ rule }) => affectedBy(rule.fault) === "answers");
    this.#webhooks = faults.filter(({ rule }) => affectedBy(rule.fault) === "webhooks");
  }
}
