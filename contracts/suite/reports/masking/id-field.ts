const ID_FIELD = /(?:^|_)ids?$/;

/** Whether a field holds an id. */
export function isIdField(field: string): boolean {
  return ID_FIELD.test(field);
}
