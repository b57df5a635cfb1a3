const OF_NUMBERS = /^(?:phone_numbers?|send_from|forwarding_number|to|from|recipients?)$/;

/** Whether a field holds nothing but numbers and addresses of people, so that a short code counts, too. */
export function isFieldOfNumbers(name: string): boolean {
  return OF_NUMBERS.test(name);
}
