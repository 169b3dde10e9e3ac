// Follows the choice that the reader made in the documentation, or else the system's.
(() => {
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
