import { faults } from "./faults/index";
import { testFaults } from "./testing/test-faults";

const { status = [], contacts = [], lines = [], sending = [], webhooks = [] } = faults;

testFaults([...status, ...contacts, ...lines, ...sending, ...webhooks], { seed: 11 });
