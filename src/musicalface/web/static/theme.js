// Applies the theme that the person chose, before the first paint: a module would run after it.

(() => {
  const root = document.documentElement;
  const [light, dark] = document.querySelectorAll("meta[name=theme-color]");
  const colours = { light: light.content, dark: dark.content };

  function stored() {
    try {
      return JSON.parse(localStorage.getItem("musicalface.theme"));
    } catch {
      return null;
    }
  }

  function apply(theme) {
    const colour = theme === "light" || theme === "dark" ? colours[theme] : null;
    if (colour) root.dataset.theme = theme;
    else delete root.dataset.theme;
    light.content = colour ?? colours.light;
    dark.content = colour ?? colours.dark;
  }

  apply(stored());
  addEventListener("theme", ({ detail }) => apply(detail)); // the settings
  addEventListener("storage", () => apply(stored())); // another tab
})();
