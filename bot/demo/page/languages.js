// What a language calls itself, such as "한국어" for "ko".

export function languageName(code) {
  if (!code) return "";
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
