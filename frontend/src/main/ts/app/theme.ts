/** Light or dark, as the page shows it now. */
export function currentTheme(): "light" | "dark" {
  const chosen = document.documentElement.getAttribute("theme");
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Sets the theme the way the pages around the workspace do. */
export function setTheme(theme: "light" | "dark"): void {
  const page = document.documentElement;
  if (page.getAttribute("theme") !== theme) {
    page.setAttribute("theme", theme);
    page.style.colorScheme = theme;
  }
}
