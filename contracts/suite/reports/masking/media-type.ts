const MEDIA_TYPE =
  /^(?:image\/(?:jpeg|png|gif|webp|heic|heif|svg\+xml|tiff)|video\/(?:mp4|quicktime|3gpp|webm)|audio\/(?:mpeg|mp4|aac|amr|ogg|wav|x-m4a|x-caf)|text\/(?:plain|html|csv|vcard|x-vcard|calendar|xml)|application\/(?:pdf|json|problem\+json|xml|zip|octet-stream|x-www-form-urlencoded)|multipart\/form-data)$/;

/** Whether a media type is one of those that are shown. */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}
