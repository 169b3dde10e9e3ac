// Gives Javadoc's pages the icon of the documentation, and the theme that the reader chose there, or else the system's.
(() => {
  const icon = document.createElement('link');
  icon.rel = 'icon';
  icon.href = new URL('../../favicon.svg', document.currentScript.src);
  document.head.append(icon);

  // Wide examples scroll, with the keyboard, too.
  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('pre').forEach((example) => (example.tabIndex = 0));
  });

  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let choice = 'auto';
    try {
      choice = localStorage.getItem('vitepress-theme-appearance') ?? 'auto';
    } catch {
      // No access to storage.
    }
    document.documentElement.classList.toggle('dark', choice === 'dark' || (choice !== 'light' && system.matches));
  };
  apply();
  system.addEventListener('change', apply);
  window.addEventListener('storage', apply);
})();
