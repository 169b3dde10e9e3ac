import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { home, pageData } from './home.mjs';
import { links } from './links.mjs';
import { others, rewrite, sidebar } from './pages.mjs';
import { base, newest, root, siteRoot, url, version, versions } from './project.mjs';

const local = (path) => fileURLToPath(new URL(path, import.meta.url));

// The pages lie outside the site's folder, so Vue can't be found from there. The server bundle, which renders the HTML,
// is run from the site's folder.
const vueOfSite = {
  name: 'vue-of-site',
  enforce: 'pre',
  resolveId: (id, _importer, { ssr }) => (ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : null),
};

export default {
  title: 'Atlex',
  description: 'The AT Protocol for Java',
  lang: 'en-US',
  base,
  // Sources are read in place, so that the same links work here and on GitHub.
  srcDir: root,
  srcExclude: others,
  rewrites: (source) => rewrite(source),
  outDir: `${root}target/site/${version}`,
  cacheDir: `${root}target/site-cache`,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}favicon.svg` }],
    ['meta', { name: 'theme-color', content: '#0b63c5' }],
  ],
  markdown: {
    anchor: { slugify },
    config: (md) => {
      md.use(home);
      md.use(links);
    },
    // The defaults with darker comments: the light theme's are too pale to read.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  transformPageData: pageData,
  buildEnd: writeRoot,
  vite: {
    publicDir: local('../public'),
    plugins: [vueOfSite],
  },
  themeConfig: {
    logo: '/favicon.svg',
    nav: [
      { text: 'Guide', link: '/getting-started', activeMatch: '^/(?!$|index|recipes/|changelog)' },
      { text: 'Recipes', link: '/recipes/', activeMatch: '^/recipes/' },
      { text: 'API', link: '/api/index.html', target: '_self' },
      { text: 'Changelog', link: '/changelog' },
      { component: 'VersionMenu', props: { version, versions, siteRoot } },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: {
      provider: 'local',
      options: { miniSearch: { searchOptions: { boostDocument } } },
    },
    socialLinks: [{ icon: 'github', link: url, ariaLabel: 'Source code' }],
    editLink: { pattern: `${url}/edit/main/:path`, text: 'Edit this page' },
    externalLinkIcon: true,
  },
};

// Writes what all versions share, into the folder above.
function writeRoot({ outDir }) {
  writeFileSync(`${outDir}/../versions.json`, `${JSON.stringify(versions)}\n`);
  writeFileSync(
    `${outDir}/../index.html`,
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Atlex</title>
<meta http-equiv="refresh" content="0; url=${newest}/">
<p><a href="${newest}/">Atlex ${newest}</a></p>
</html>
`,
  );
}

// Pages for users come before those for maintainers.
function boostDocument(id) {
  return /\/(decisions\/|failure-modes|differences|changelog|contributing)/.test(id) ? 0.5 : 1;
}

// Forms the anchor of a heading as GitHub does.
function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}
