/** What our own clients call themselves: the kit, and what reads accounts. */
export const USER_AGENT = "linq-mock";
