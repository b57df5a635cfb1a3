/** What a contact is given that a run makes: letters of several alphabets, and nobody's name. */
export const MADE_UP_CONTACT = {
  last_name: "Ångström-O'Peña",
  company: "Łódź Şirket",
  title: "Straßenwärterin",
  location: "東京",
} as const;
