/** Light or dark, as the page shows it now. */
export function currentTheme(): "light" | "dark" {
  const chosen = document.documentElement.getAttribute("theme") ?? "";
  if (/\bdark\b/.test(chosen)) {
    return "dark";
  }
  return !/\blight\b/.test(chosen) && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function setTheme(theme: "light" | "dark"): void {
  if (!new RegExp(`\\b${theme}\\b`).test(document.documentElement.getAttribute("theme") ?? "")) {
    document.documentElement.setAttribute("theme", theme);
  }
}
