// The options, as they are chosen and as addresses hold them.

const fields = [...document.querySelectorAll("[data-option]")];

/** The options that are not left as they are, by their names. */
export function chosen() {
  return fields
    .map((field) => [field.dataset.option, field.value.trim()])
    .filter(([, value]) => value !== "");
}

/** Chooses options; those that are not named are left as they are by default. */
export function choose(options) {
  const wanted = new Map(options);
  for (const field of fields) {
    const value = wanted.get(field.dataset.option) ?? "";
    field.value = value;
    // A word that is no choice leaves the first.
    if (field.value !== value) field.value = "";
  }
}

export function whenChosen(changed) {
  for (const field of fields) field.addEventListener("input", changed);
}

/** The end of an address that asks for the options. */
export function query(options) {
  const text = new URLSearchParams(options).toString();
  return text === "" ? "" : `?${text}`;
}
