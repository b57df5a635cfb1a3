const JSON_IN_UTF8 = /^application\/json(?:;charset="?utf-?8"?)?$/;

/** Whether a content type is that of the API's answers: JSON, in UTF-8 where it says in which encoding. */
export function isJsonInUtf8(contentType: string | undefined): boolean {
  return contentType !== undefined && JSON_IN_UTF8.test(contentType.toLowerCase().replaceAll(/\s/g, ""));
}
