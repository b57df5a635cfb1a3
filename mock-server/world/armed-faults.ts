import { affectedBy, type FaultKind } from "../../fixtures/resolve/fault-kinds";
import type { FaultRule } from "./model";

/** A rule that is in force. */
export interface ArmedFault {
  readonly rule: FaultRule;
  /** How often something matched it. */
  matches: number;
  /** How often it acted. */
  hits: number;
}

/** The rules of a world that are in force, in the order in which they act. */
export class ArmedFaults {
  #faults: readonly ArmedFault[];

  constructor(rules: readonly FaultRule[]) {
    this.#faults = rules.map(armed);
  }

  values(): readonly ArmedFault[] {
    return this.#faults;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  get rules(): readonly FaultRule[] {
    return this.#faults.map(({ rule }) => rule);
  }

  /** The armed faults of answers, or of webhooks. */
  of(affected: "answers" | "webhooks"): readonly ArmedFault[] {
    return this.#faults.filter(({ rule }) => affectedBy(rule.fault) === affected);
  }

  has(kind: FaultKind): boolean {
    return this.#faults.some(({ rule }) => rule.fault === kind);
  }

  arm(rules: readonly FaultRule[]): void {
    this.#faults = [...this.#faults, ...rules.map(armed)];
  }

  /** False when there is no rule of this name. */
  disarm(name: string): boolean {
    const before = this.#faults;
    this.#faults = before.filter(({ rule }) => rule.name !== name);
    return this.#faults.length < before.length;
  }

  clear(): void {
    this.#faults = [];
  }

  copy(): ArmedFaults {
    const copy = new ArmedFaults([]);
    copy.#faults = this.#faults.map((fault) => ({ ...fault }));
    return copy;
  }
}

function armed(rule: FaultRule): ArmedFault {
  return { rule, matches: 0, hits: 0 };
}
