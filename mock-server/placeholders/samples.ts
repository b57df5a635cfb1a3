import type { MissingFile } from "./placeholder";

/** Files to send that nobody has to have. */
export const SAMPLES: readonly (MissingFile & { readonly id: string })[] = [
  { id: "sample-photo", filename: "photo.jpg", mimeType: "image/jpeg", fileSize: 48_000 },
  { id: "sample-pdf", filename: "document.pdf", mimeType: "application/pdf", fileSize: 24_000 },
  { id: "sample-voice-memo", filename: "voice-memo.m4a", mimeType: "audio/mp4", fileSize: 16_000 },
  { id: "sample-video", filename: "video.mp4", mimeType: "video/mp4", fileSize: 64_000 },
  { id: "sample-contact-card", filename: "contact.vcf", mimeType: "text/vcard", fileSize: 200 },
];

export function sampleFile(id: string): (typeof SAMPLES)[number] | undefined {
  return SAMPLES.find((sample) => sample.id === id);
}
