/** How long a sent message is pending, in ms (A-delivery). */
export const DELIVERY_MS = 500;
